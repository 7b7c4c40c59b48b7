"""After an adoption: the solution in use is said in the catalogue, and what was learnt of it in a practice."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import SolutionPage
from metropole.board.enums import CoCarrierState, Outcome
from metropole.board.models import Need
from metropole.board.notices import authors
from metropole.contributions import services as contributions
from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.core.policy import policy
from metropole.core.versions import absolute

from ..enums import Verdict
from ..models import FollowUp, Response
from ..reading import deposit_of
from . import notices

FEEDBACK_AFTER = dt.timedelta(days=180)
"""After an adoption, when its authority is asked once what came of it."""


def begin(need: Need, responses: Iterable[Response]) -> None:
    """One for each solution of what is retained; one in all where that names no sheet of the catalogue."""
    retained = [
        response
        for response in responses
        if getattr(response, "decision", None) and response.decision.verdict == Verdict.RETAINED
    ]
    deposits = filter(None, map(deposit_of, retained))
    keys = {solution.key for deposit in deposits for solution in deposit.solutions}
    solutions = list(SolutionPage.objects.published().originals().filter(translation_key__in=keys))
    for solution in solutions or [None]:
        FollowUp.objects.get_or_create(need=need, solution=solution)


def forget(need: Need) -> None:
    """The outcome is taken back: what nobody has done anything with goes."""
    FollowUp.objects.filter(need=need, deployment=None, contribution=None).delete()


def deployment_said(sender: type, instance: Any, **kwargs) -> None:
    """Signal receiver: an authority that carried a need says that it uses the solution that was adopted."""
    waiting = FollowUp.objects.filter(solution=instance.solution_id, deployment=None, need__outcome=Outcome.ADOPTED)
    for follow_up in waiting.select_related("need"):
        need = follow_up.need
        joined = need.co_carriers.filter(state=CoCarrierState.ACCEPTED, organisation=instance.organisation_id)
        if need.organisation_id == instance.organisation_id or joined.exists():
            FollowUp.objects.filter(pk=follow_up.pk, deployment=None).update(deployment=instance)


@transaction.atomic
def begin_feedback(follow_up: FollowUp, person: AbstractUser) -> Contribution:
    """The practice in which its authority tells what came of it: begun once, then gone on with."""
    follow_up = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    policy.require(person, "followup.begin", follow_up)
    if follow_up.contribution:
        return follow_up.contribution
    need = follow_up.need
    contribution = contributions.begin(kind_named("practice"), need.organisation, person)
    with override(need.language):
        title, address = need.original.title if need.original else need.name, absolute(need.get_absolute_url())
        words = _("What was looked for:")
    contribution.data |= {
        "title": title,
        "context": str(format_html('<p>{} <a href="{}">{}</a></p>', words, address, title)),
        "themes": [str(pk) for pk in need.themes.values_list("pk", flat=True)],
        "territories": [str(pk) for pk in need.territories.values_list("pk", flat=True)],
    }
    contribution.save(update_fields=["data"])
    follow_up.contribution = contribution
    follow_up.save(update_fields=["contribution"])
    return contribution


def ask_for_feedback() -> int:
    """Asks, once, what came of adoptions of which nobody has told anything; how many. Called regularly."""
    due = FollowUp.objects.filter(
        contribution=None,
        reminded_at=None,
        need__outcome=Outcome.ADOPTED,
        need__outcome_at__lte=timezone.now() - FEEDBACK_AFTER,
    )
    for follow_up in due.select_related("need__organisation"):
        with transaction.atomic():
            if FollowUp.objects.filter(pk=follow_up.pk, reminded_at=None).update(reminded_at=timezone.now()):
                notices.feedback_due(follow_up, authors(follow_up.need))
    return len(due)
