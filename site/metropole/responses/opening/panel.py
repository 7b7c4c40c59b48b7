"""The panel that reads the responses to a need: who is of it, how it calls them, and when it learns who they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from string import ascii_uppercase

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from metropole.accounts.models import User
from metropole.board.models import Need
from metropole.board.policy import carries

from ..models import Declaration, Note, Opinion, Response
from ..reading import Deposit, deposit_of, without_names


@dataclass(frozen=True)
class Labelled:
    """``name``: of the organisation; "" while the panel reads without names."""

    response: Response
    label: str
    name: str

    @property
    def title(self) -> str:
        return _("%(label)s – %(name)s") % {"label": self.label, "name": self.name} if self.name else self.label

    @property
    def deposit(self) -> Deposit | None:
        """What it says, without names too while the panel reads without them; None where it cannot be read."""
        deposit = deposit_of(self.response)
        if deposit is None or self.name:
            return deposit
        return without_names(deposit, self.response.organisation.name)


def deposited(need: Need) -> QuerySet[Response]:
    """Those that were handed in and stand, in the order of their keys: by chance, and always the same."""
    found = Response.objects.filter(need=need, submitted_at__isnull=False).order_by("pk")
    return found.select_related("need__organisation", "organisation", "decision", "opinion")


def labelled(need: Need) -> list[Labelled]:
    """The responses to a need that is opened, each with the name that the panel gives it."""
    if need.opened_at is None:
        return []
    are_named = names_are_shown(need)
    return [
        Labelled(response, _("Response %(letter)s") % {"letter": letter}, response.organisation.name * are_named)
        for response, letter in zip(deposited(need), letters(), strict=False)
    ]


def letters() -> Iterator[str]:
    """A to Z, then AA, AB and so on."""
    for length in count(1):
        yield from ("".join(group) for group in product(ascii_uppercase, repeat=length))


def readers(need: Need) -> list[AbstractUser]:
    """Those who have declared no conflict, and still carry the need."""
    declared = Declaration.objects.filter(need=need, has_conflict=False, person__is_active=True)
    people = User.objects.filter(pk__in=declared.values("person"))
    return [person for person in people if carries(person, need)]


def names_are_shown(need: Need) -> bool:
    """Whether the panel learns who responds: at once, or once nobody's own notes are awaited any more."""
    if not need.anonymous_reading or need.outcome:
        return True
    panel = readers(need)
    return bool(panel) and not any(awaited(need, person) for person in panel)


def awaited(need: Need, person: AbstractUser) -> list[Response]:
    """The responses on which somebody's notes are awaited: neither finished, nor too late for."""
    noted = Note.objects.filter(response__need=need, person=person, finished_at__isnull=False).values("response")
    opined = Opinion.objects.filter(response__need=need).values("response")
    left = deposited(need).filter(purged_at=None).exclude(pk__in=noted).exclude(pk__in=opined)
    return list(left.exclude(organisation__memberships__in=_memberships(person)))


def _memberships(person: AbstractUser) -> QuerySet:
    return person.memberships.filter(state="active")
