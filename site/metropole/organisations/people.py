"""Whom to tell what happens in an organisation."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser

from .enums import Right
from .models import Membership, Organisation
from .policy import EDIT_ORGANISATIONS

GROUPS = "django.contrib.auth.backends.ModelBackend"
"""By which backend people hold the permissions of their groups."""


def owners(organisation: Organisation) -> list[AbstractUser]:
    owning = Membership.objects.holding(Right.OWNS).filter(organisation=organisation, person__is_active=True)
    return [membership.person for membership in owning.select_related("person")]


def editors() -> Iterable[AbstractUser]:
    """Who looks after the organisations for the Métropole; not administrators, who may do everything."""
    return get_user_model().objects.with_perm(EDIT_ORGANISATIONS, include_superusers=False, backend=GROUPS)


def managers(organisation: Organisation) -> Iterable[AbstractUser]:
    """Its owners, or the editors while it has none."""
    return owners(organisation) or editors()
