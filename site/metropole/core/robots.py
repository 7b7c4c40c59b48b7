"""What keeps robots from filling in the forms that anybody may send, without asking anything more of people."""

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

FASTEST_SECONDS = 3
SLOWEST_SECONDS = 24 * 3600


class TrapField(forms.CharField):
    """Hidden from people and from their screen readers: only a robot fills it in."""

    is_trap = True

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
        super().__init__(required=False, label=_("Leave this field empty"), widget=widget)


def stamp(what_for: str) -> str:
    """The signed instant at which a form was shown."""
    return signing.dumps(what_for, salt=_salt(what_for))


def is_genuine(stamped: str, what_for: str) -> bool:
    """Whether a form was shown by this site, for this, less than a day ago."""
    try:
        signing.loads(stamped, salt=_salt(what_for), max_age=SLOWEST_SECONDS)
    except signing.BadSignature:
        return False
    return True


def is_too_fast(stamped: str, what_for: str) -> bool:
    """Whether a genuine form comes back faster than somebody types."""
    try:
        signing.loads(stamped, salt=_salt(what_for), max_age=FASTEST_SECONDS)
    except signing.SignatureExpired:
        return False
    return True


def _salt(what_for: str) -> str:
    return f"metropole.robots.{what_for}"
