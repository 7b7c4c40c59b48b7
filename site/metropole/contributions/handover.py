"""What somebody who leaves an organisation should see to: the drafts that they began stay with it."""

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.organisations.models import Organisation

from .enums import ContributionState
from .headings import heading
from .kinds import kind_of
from .models import Contribution


def drafts_in_hand(person: AbstractUser, organisation: Organisation) -> list[tuple[str, str]]:
    """The contributions that a person began there and that are not sent."""
    drafts = Contribution.objects.filter(
        author=person, organisation=organisation, state=ContributionState.WRITING
    ).select_related("about")
    return [
        (_("Draft that your colleagues will have to finish: %(title)s") % {"title": _heading(draft)}, _address(draft))
        for draft in drafts
    ]


def _heading(draft: Contribution) -> str:
    return heading(draft, kind_of(draft))


def _address(draft: Contribution) -> str:
    return reverse("contributions:contribution", args=[draft.pk])
