"""What people are told of their organisations."""

from django.utils.translation import gettext_lazy as _

from metropole.notifications.kinds import Kind, register_kinds

TOPIC = "organisation"
_CONCERNED = _("It is about your place in this organisation.")
_MANAGING = _("You manage this organisation, or look after the organisations of the site.")


def register() -> None:
    register_kinds(
        Kind(
            "membership.asked",
            TOPIC,
            _("%(person)s asks to join %(organisation)s"),
            _("Accept or refuse the request. Until then, this person sees nothing of what is the organisation's own."),
            _MANAGING,
        ),
        Kind(
            "membership.accepted",
            TOPIC,
            _("You are now a member of %(organisation)s"),
            _("You can contribute in its name."),
            _CONCERNED,
        ),
        Kind(
            "membership.refused",
            TOPIC,
            _("Your request to join %(organisation)s is refused"),
            _("Reason given: %(reason)s"),
            _CONCERNED,
        ),
        Kind(
            "membership.removed",
            TOPIC,
            _("You are no longer a member of %(organisation)s"),
            _("Reason given: %(reason)s"),
            _CONCERNED,
        ),
        Kind(
            "membership.rights",
            TOPIC,
            _("Your rights in %(organisation)s have changed"),
            _("Your workspace says what you can do there now."),
            _CONCERNED,
        ),
        Kind(
            "invitation.accepted",
            TOPIC,
            _("%(email)s has joined %(organisation)s"),
            _("Your invitation is accepted."),
            _("You sent this invitation."),
        ),
        Kind(
            "invitation.declined",
            TOPIC,
            _("%(email)s does not join %(organisation)s"),
            _("Your invitation is declined."),
            _("You sent this invitation."),
        ),
        Kind(
            "organisation.verified",
            TOPIC,
            _("%(organisation)s is verified"),
            _("It is now in the public directory, and its members can contribute."),
            _MANAGING,
        ),
        Kind(
            "organisation.refused",
            TOPIC,
            _("%(organisation)s is not verified"),
            _("Reason given: %(reason)s"),
            _MANAGING,
        ),
    )
