"""The contributions on the workspace's home."""

from django.contrib.auth.models import AbstractUser

from metropole.core.workspace import Context

from .views.lists import contributions_of, rows

SHOWN = 5


def latest_contributions(person: AbstractUser) -> Context | None:
    """Of their organisations, those that were changed last; those that wait for them first."""
    latest = rows(contributions_of(person)[:SHOWN])
    return {"rows": sorted(latest, key=lambda row: not row.needs_care)} if latest else None
