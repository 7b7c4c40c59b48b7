from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

TOPICS = (
    ("organisation", _("My organisations"), _("Requests to join, rights, invitations, the verification of a company.")),
    ("contributions", _("Contributions"), _("What becomes of the contents of your organisations, and what is asked.")),
)
"""Those of which several apps have news."""


class NotificationsConfig(AppConfig):
    name = "metropole.notifications"
    label = "notifications"
    verbose_name = _("notifications")

    def ready(self) -> None:
        from metropole.core.audit import register_action
        from metropole.core.beats import register_beat
        from metropole.core.workspace import Part, Screen, register_part, register_screen

        from . import checks, personal_data, policy  # noqa: F401 - checks and rules register themselves
        from .daily import write_daily_mails
        from .delivery import declare_abandoned, deliver
        from .forgetting import forget_old_news
        from .home import latest_news, unread_count
        from .topics import Topic, register_topics

        register_topics(*(Topic(name, label, text, order) for order, (name, label, text) in enumerate(TOPICS)))
        register_screen(Screen(_("Notifications"), "notifications:list", 500, unread_count))
        register_part(Part("notifications/_latest.html", latest_news, 300))
        register_action("notifications.mail.send_again", _("send an e-mail again"))
        register_beat("e-mails that wait", 15, deliver)
        register_beat("e-mails whose sender is no more", 60, declare_abandoned)
        register_beat("daily e-mails", 300, write_daily_mails)
        register_beat("old news", 6 * 3600, forget_old_news)
        personal_data.register()
