"""The duties that follow from a sheet for the commune that uses the solution, each with the day from which it holds."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from ..enums import AiActClass, DutyGround
from ..models import LegalDuty, SolutionPage

KEPT_SECONDS = 60


@dataclass(frozen=True)
class Duty:
    """A duty, and whether it holds already; ``days``: until it does."""

    law: LegalDuty
    days: int

    @property
    def holds(self) -> bool:
        return self.days <= 0


def grounds(page: SolutionPage) -> Iterator[DutyGround]:
    """What a sheet says that the law takes up. What it does not say gives nothing: unknown is not no."""
    if page.contains_ai:
        yield DutyGround.ANY_AI
    if page.ai_act_class in (AiActClass.PROHIBITED, AiActClass.HIGH_RISK, AiActClass.TRANSPARENCY):
        yield DutyGround(page.ai_act_class)
    if page.individual_decision:
        yield DutyGround.DECISION
    if page.personal_data:
        yield DutyGround.PERSONAL_DATA


def duties(page: SolutionPage, today: dt.date | None = None) -> list[Duty]:
    """In the order of their dates, in the page's language where they are translated, else in the site's main one."""
    today = today or timezone.localdate()
    applying = set(grounds(page))
    known: dict[str, LegalDuty] = {}
    for law in _kept() if applying else ():
        languages = (settings.LANGUAGE_CODE, page.locale.language_code)
        is_own = law.locale_id == page.locale_id
        if law.ground in applying and law.locale.language_code in languages and (is_own or law.code not in known):
            known[law.code] = law
    listed = sorted(known.values(), key=lambda law: (law.applies_from, law.code))
    return [Duty(law, (law.applies_from - today).days) for law in listed]


def _kept() -> list[LegalDuty]:
    """All duties in all languages: a few, which nearly every sheet asks for."""
    return cache.get_or_set("legal-duties", lambda: list(LegalDuty.objects.select_related("locale")), KEPT_SECONDS)
