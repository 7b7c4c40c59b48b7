"""What somebody who leaves an authority should see to: the drafts of needs that they began stay with it."""

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.organisations.models import Organisation

from ..models import Need


def drafts_in_hand(person: AbstractUser, organisation: Organisation) -> list[tuple[str, str]]:
    """The needs that a person began there and that are not submitted."""
    drafts = Need.objects.filter(author=person, organisation=organisation, published_at=None, submitted_at=None)
    return [
        (_("Need that your colleagues will have to finish: %(title)s") % {"title": need.name}, _address(need))
        for need in drafts.with_texts()
    ]


def _address(need: Need) -> str:
    return reverse("board:manage", args=[need.key])
