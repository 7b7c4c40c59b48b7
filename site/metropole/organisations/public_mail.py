"""Mail services that give an address to anybody: such an address says nothing of where a person works.

As of 21 November 2026. A service that is not named here is still seen by the editor, who alone adds a domain.
"""

PUBLIC_MAIL_DOMAINS = frozenset({
    "aliceadsl.fr", "aol.com", "aol.fr", "bbox.fr", "cegetel.net", "club-internet.fr", "dbmail.com", "duck.com",
    "free.fr", "gmail.com", "gmx.com", "gmx.fr", "gmx.net", "googlemail.com", "hey.com", "hotmail.be",
    "hotmail.com", "hotmail.fr", "hushmail.com", "icloud.com", "ik.me", "infonie.fr", "laposte.net",
    "libertysurf.fr", "live.com", "live.fr", "mac.com", "mail.com", "mail.ru", "mailbox.org", "mailfence.com",
    "mailo.com", "me.com", "msn.com", "netcourrier.com", "neuf.fr", "noos.fr", "numericable.fr", "orange.fr",
    "outlook.com", "outlook.fr", "pm.me", "posteo.net", "proton.me", "protonmail.ch", "protonmail.com",
    "qq.com", "rocketmail.com", "sfr.fr", "tuta.com", "tutanota.com", "voila.fr", "wanadoo.fr", "web.de",
    "yahoo.com", "yahoo.fr", "yandex.com", "yandex.ru", "ymail.com", "yopmail.com", "zaclys.net", "zoho.com",
})  # fmt: skip
