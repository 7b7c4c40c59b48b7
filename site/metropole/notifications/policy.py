from metropole.core.policy import Person, policy

from .models import Notification


@policy.rule("notification.read")
def may_read(person: Person, news: Notification) -> bool:
    return news.person_id == person.pk


@policy.rule("mail.oversee")
def may_oversee(person: Person, target: None = None) -> bool:
    """See the e-mails that the site could not send, and have them sent again."""
    return person.has_perm("notifications.change_mail")
