"""What people are told of their own account."""

from django.utils.translation import gettext_lazy as _

from metropole.notifications.kinds import Kind
from metropole.notifications.topics import Topic

ACCOUNT = Topic("account", _("My account"), _("What protects your account."), 900, optional=False)
UNUSED = Kind(
    "account.unused",
    ACCOUNT.name,
    _("Your account will be closed on %(day)s"),
    _("You have not used it for almost three years. To keep it, sign in before that day. There is nothing else to do."),
    _("You have an account on this site."),
)
