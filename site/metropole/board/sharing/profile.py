"""The needs of an authority, for its own page: those that it leads, carries with others, or has too."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from ..enums import CoCarrierState
from ..models import Need
from ..states import state_expression

SHOWN_COUNT = 30


@dataclass(frozen=True)
class Shown:
    """``part``: how the authority has to do with the need."""

    need: Need
    title: str
    language: str
    part: str


def needs_of(organisation: Organisation) -> Mapping[str, object] | None:
    """None where nothing is published."""
    joined = Q(co_carriers__organisation=organisation, co_carriers__state=CoCarrierState.ACCEPTED)
    own = Q(organisation=organisation) | joined | Q(interests__organisation=organisation)
    keys = Need.objects.filter(own).values("pk")
    found = Need.objects.listed().filter(pk__in=keys).annotate(state_now=state_expression()).with_texts()
    related = found.prefetch_related("co_carriers").order_by("-published_at")[:SHOWN_COUNT]
    shown = [_shown(need, organisation) for need in related]
    return {"needs": shown} if shown else None


def _shown(need: Need, organisation: Organisation) -> Shown:
    text = need.text_for(get_language())
    if need.organisation_id == organisation.pk:
        part = _("leads it")
    elif any(one.organisation_id == organisation.pk and one.state == "accepted" for one in need.co_carriers.all()):
        part = _("carries it with others")
    else:
        part = _("has this need too")
    return Shown(need, text.title, text.language, str(part))
