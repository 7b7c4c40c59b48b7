"""What is in an e-mail. Those about news are short, in their reader's language, with why they get it and how not to get
it any more; the others are left to their writers.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from metropole.core.versions import absolute

from .enums import EVERY_DAY, Pace
from .kinds import kind_named
from .models import Mail, Notification, choices_of
from .stopping import stop_path
from .topics import Topic, topic_named
from .wording import Said, said
from .writers import writer_named


class NothingToSay(Exception):  # noqa: N818 - it is no error
    """The mail is not wanted any more."""


def letter_for(mail: Mail) -> EmailMessage:
    """Raises NothingToSay, or KeyError for a kind, or a writer, that is not in the code any more."""
    return _written(mail) if mail.writer else _about_news(mail)


def _written(mail: Mail) -> EmailMessage:
    writer = writer_named(mail.writer)
    about = writer.find(mail.ref)
    if about is None:
        raise NothingToSay("what it was about is there no more")
    with override(mail.language):
        letter = writer.write(about)
    letter.extra_headers |= _headers(f"{mail.writer}:{mail.ref}")
    return letter


def _about_news(mail: Mail) -> EmailMessage:
    person = mail.person
    if not person.is_active:
        raise NothingToSay("the account is closed")
    news = list(mail.news.order_by("created_at", "pk"))
    if not news:
        raise NothingToSay("the news is there no more")
    with override(language_of_person(person)):
        return _daily_letter(mail, news) if mail.day else _letter(person, news[0])


def language_of_person(person: AbstractUser) -> str:
    """Accounts, which keep it, stand above."""
    return getattr(person, "language", settings.LANGUAGE_CODE)


def news_url(news: Notification) -> str:
    """Where a piece of news is opened, in the language in use."""
    return absolute(reverse("notifications:open", args=[news.pk]))


def _letter(person: AbstractUser, news: Notification) -> EmailMessage:
    topic, words = topic_named(kind_named(news.kind).topic), said(news)
    if _is_off(person, topic):
        raise NothingToSay("its topic is turned off")
    context = {"said": words, "url": news_url(news) if news.route else ""}
    stop = stop_path(person, topic.name) if topic.optional else ""
    return _message(person, words.subject, f"event:{news.event}", "news", context, stop)


def _daily_letter(mail: Mail, news: list[Notification]) -> EmailMessage:
    person = mail.person
    wanted = [one for one in news if not _is_off(person, topic_named(kind_named(one.kind).topic))]
    items = [(said(one), news_url(one)) for one in wanted]
    if not items:
        raise NothingToSay("its topics are turned off")
    subject = ngettext("%(count)d piece of news", "%(count)d pieces of news", len(items)) % {"count": len(items)}
    context = {"items": items, "reasons": _reasons(words for words, _url in items)}
    return _message(person, subject, f"day:{mail.day}", "day", context, stop_path(person, EVERY_DAY))


def _reasons(all_said: Iterable[Said]) -> list[str]:
    return list(dict.fromkeys(words.reason for words in all_said))


def _is_off(person: AbstractUser, topic: Topic) -> bool:
    return choices_of(person).pace(topic) == Pace.NEVER


def _message(
    person: AbstractUser, subject: str, key: str, template: str, context: dict[str, object], stop: str
) -> EmailMessage:
    context |= {
        "site_name": settings.WAGTAIL_SITE_NAME,
        "preferences_url": absolute(reverse("notifications:preferences")),
        "stop_url": absolute(stop) if stop else "",
    }
    headers = _headers(f"{key} {person.pk}")
    if stop:
        headers["List-Unsubscribe"] = f"<{absolute(stop)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    body = render_to_string(f"notifications/email/{template}.txt", context)
    title = _("%(subject)s – %(site)s") % {"subject": subject, "site": settings.WAGTAIL_SITE_NAME}
    return EmailMessage(title, body, to=[person.email], headers=headers)


def _headers(key: str) -> dict[str, str]:
    """``key``: of the event and the person. A reader's programme that gets the same twice shows it once."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {"Auto-Submitted": "auto-generated", "Message-ID": f"<{digest}@{host}>"}
