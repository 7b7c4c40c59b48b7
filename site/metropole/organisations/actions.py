"""What people do here besides the transitions, as the log calls it."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action, register_words

from .enums import Right

ASK = "organisations.membership.ask"
RIGHTS = "organisations.membership.rights"
REGISTER = "organisations.organisation.register"
EDIT = "organisations.organisation.describe"
INVITE = "organisations.invitation.send"
ANSWER = "organisations.invitation.answer"
ADD_DOMAIN = "organisations.domain.add"
REMOVE_DOMAIN = "organisations.domain.remove"
AGREE = "organisations.legal.accept"

for action, label in {
    ASK: _("a person asks to join"),
    RIGHTS: _("a member's rights are changed"),
    REGISTER: _("an organisation is registered"),
    EDIT: _("an organisation's sheet is changed"),
    INVITE: _("a person is invited"),
    ANSWER: _("an invitation is answered or withdrawn"),
    ADD_DOMAIN: _("an e-mail domain is added"),
    REMOVE_DOMAIN: _("an e-mail domain is removed"),
    AGREE: _("a person agrees to a legal text"),
}.items():
    register_action(action, label)
register_words("rights", _("rights"), Right.choices)
