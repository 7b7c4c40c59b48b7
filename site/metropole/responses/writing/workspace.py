"""Responses in the workspace and on a need's page: for the members of their organisations, and nobody else."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from metropole.board.enums import NeedMode
from metropole.board.models import Need
from metropole.core.workspace import Context
from metropole.organisations.models import Organisation

from ..enums import ResponseState
from ..models import Response
from ..states import response_state

PER_LIST = 200
SOON = dt.timedelta(days=7)
MOST_ON_HOME = 5


@dataclass(frozen=True)
class Row:
    response: Response
    state: ResponseState
    is_open: bool

    @property
    def needs_care(self) -> bool:
        """Nothing of it is deposited, and it still can be."""
        return self.is_open and not self.response.is_deposited


def responses_of(person: AbstractUser) -> QuerySet[Response]:
    """Those of a person's organisations, without what they say; those whose need closes last come first."""
    own = Response.objects.filter(organisation__in=Organisation.objects.of(person)).defer("draft", "deposited")
    related = own.select_related("need", "organisation", "decision").prefetch_related("need__texts__locale")
    return related.order_by("-need__closes_at", "pk")


def rows(responses: QuerySet[Response]) -> list[Row]:
    now = timezone.now()
    return [Row(one, response_state(one, now), one.need.is_open) for one in responses[:PER_LIST]]


def closing_soon(person: AbstractUser) -> Context | None:
    """On the workspace's home: what is not deposited, of needs that close within the week."""
    now = timezone.now()
    drafts = responses_of(person).filter(
        submitted_at=None, need__closes_at__gt=now, need__closes_at__lte=now + SOON
    )  # fmt: skip
    found = [row for row in rows(drafts.order_by("need__closes_at")) if row.needs_care]
    return {"rows": found[:MOST_ON_HOME]} if found else None


def on_need_page(request: HttpRequest, need: Need) -> Context | None:
    """The way to one's own response, or to a first one; where an official consultation is answered."""
    own = responses_of(request.user).filter(need=need) if request.user.is_authenticated else ()
    is_referral = need.mode == NeedMode.REFERRAL
    if not (own or need.is_open):
        return None
    return {"own": own, "need": need, "is_referral": is_referral, "may_begin": need.is_open and not is_referral}
