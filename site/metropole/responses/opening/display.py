"""What the public page of a need says of its end: what stands behind its outcome, and what followed."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from metropole.board.enums import Outcome
from metropole.board.models import Need
from metropole.board.parts import Context, NeedPart, register_need_part

from ..models import FollowUp
from .concluding import standing


@dataclass(frozen=True)
class Link:
    """One adoption: what of it can be read by everybody."""

    solution: Page | None
    deployment: object | None
    practice: Page | None


def register() -> None:
    register_need_part(NeedPart("body", "opening/_outcome.html", outcome, 500))
    register_need_part(NeedPart("body", "opening/_chain.html", chain, 510))


def outcome(request: HttpRequest, need: Need) -> Context | None:
    """What stands behind it; the outcome itself, its reason and its link are said above all."""
    conclusion = standing(need) if need.outcome else None
    if conclusion is None:
        return None
    return {
        "need": need,
        "conclusion": conclusion,
        "retained": [row["name"] for row in conclusion.said if row["name"]],
        "texts": [row for row in conclusion.said if row["text"]],
        "adopts": need.outcome == Outcome.ADOPTED,
    }


def chain(request: HttpRequest, need: Need) -> Context | None:
    """From the need to the deployment and what was learnt: what of it is public."""
    if need.outcome != Outcome.ADOPTED:
        return None
    found = FollowUp.objects.filter(need=need).select_related(
        "solution", "deployment__organisation", "contribution__page"
    )
    links = [link for one in found if (link := _link(one))]
    return {"links": links} if links else None


def _link(follow_up: FollowUp) -> Link | None:
    deployment, contribution = follow_up.deployment, follow_up.contribution
    deployment = deployment if deployment and deployment.is_public else None
    page = contribution.page if contribution else None
    practice = page if page and page.live else None
    if deployment is None and practice is None:
        return None
    solution = follow_up.solution if follow_up.solution and follow_up.solution.live else None
    return Link(solution if deployment else None, deployment, practice)
