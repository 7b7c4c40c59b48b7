"""Why nobody was signed in, as the page says it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - not a fault of the site
    """Nobody is signed in and nothing is written down; a page says why. Its name alone goes to the log."""

    status = 400
    title: str | Promise
    text: str | Promise
    may_try_again = True


class StateUnknown(Refusal):
    title = _("This sign-in cannot be continued")
    text = _("It was begun in another browser, or too long ago, or its address was used twice. Please begin again.")


class NotIdentified(Refusal):
    title = _("You have not signed in")
    text = _("ProConnect has not identified you: you may have stopped on the way. Nothing has been kept.")


class CodeRefused(Refusal):
    title = _("This sign-in took too long")
    text = _("ProConnect’s answer holds for thirty seconds, and once. Please begin again.")


class FactorsMissing(Refusal):
    status = 403
    title = _("A second factor is needed")
    text = _(
        "To enter here you must sign in to ProConnect with two factors, such as a password and an authenticator app. "
        "Set one up with the organisation that identifies you, then begin again."
    )


class AccountClosed(Refusal):
    status = 403
    title = _("This account is closed")
    text = _("ProConnect has identified you, but your account on this site is not active any more.")
    may_try_again = False


class NothingToLink(Refusal):
    title = _("There is nothing to link any more")
    text = _("An identity waits ten minutes to be linked to an account. Please begin again.")


class SignOutUnknown(Refusal):
    title = _("This sign-out cannot be confirmed")
    text = _("It was begun in another browser, or its address was used twice.")
    may_try_again = False


class AnswerUntrusted(Refusal):
    status = 502
    title = _("ProConnect’s answer cannot be used")
    text = _("It is incomplete, or nothing proves that it comes from ProConnect and is meant for this site.")


class Unavailable(Refusal):
    status = 503
    title = _("ProConnect does not answer")
    text = _("This may last a few minutes. The rest of the site works as usual.")
