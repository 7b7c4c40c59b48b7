from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from metropole.accounts.models import User
from metropole.core.policy import policy
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..models import Following, Need, Watch
from .rule import Filing

MOST_FOLLOWINGS = 20


def watch(need: Need, person: AbstractUser) -> None:
    """Has somebody told what becomes of a need; who follows it already goes on. Raises PermissionDenied."""
    policy.require(person, "need.follow", need)
    Watch.objects.get_or_create(need=need, person=person)


def leave(need: Need, person: AbstractUser) -> None:
    """The end of it, at any time."""
    Watch.objects.filter(need=need, person=person).delete()


@transaction.atomic
def follow(
    person: AbstractUser, filing: Filing, organisation: Organisation | None = None, following: Following | None = None
) -> Following:
    """Follows themes and territories, or others than until now. Raises ValidationError, PermissionDenied."""
    if following is None:
        _check_room(person)
        following = Following(person=person)
    policy.require(person, "following.change", following)
    themes, territories = _themes(filing.themes), _territories(filing.territories)
    if not (themes or territories):
        raise ValidationError(_("Choose a theme or a territory."))
    if organisation and not Organisation.objects.of(person).filter(pk=organisation.pk).exists():
        raise ValidationError({"organisation": _("Choose an organisation whose member you are.")})
    following.organisation = organisation
    following.save()
    following.themes.set(themes)
    following.territories.set(territories)
    return following


def set_active(following: Following, person: AbstractUser, *, is_active: bool) -> None:
    """Pauses it, or goes on. Raises PermissionDenied."""
    policy.require(person, "following.change", following)
    following.is_active = is_active
    following.save(update_fields=["is_active"])


def forget(following: Following, person: AbstractUser) -> None:
    """Raises PermissionDenied."""
    policy.require(person, "following.change", following)
    following.delete()


def _check_room(person: AbstractUser) -> None:
    User.objects.select_for_update().get(pk=person.pk)
    if Following.objects.filter(person=person).count() >= MOST_FOLLOWINGS:
        said = _("You follow %(most)d selections already: change one of them, or stop following it.")
        raise ValidationError(said % {"most": MOST_FOLLOWINGS})


def _themes(slugs: Iterable[str]) -> list[Theme]:
    return list(Theme.objects.canonical().filter(slug__in=slugs))


def _territories(slugs: Iterable[str]) -> list[Territory]:
    return list(Territory.objects.filter(slug__in=slugs))
