"""What the public page of a need says of its end: the outcome, silence, early contacts, and what followed."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from metropole.board.enums import NeedState, Outcome
from metropole.board.models import Need
from metropole.board.models.need import EARLY_CONTACTS
from metropole.board.parts import Context, NeedPart, register_need_part

from ..models import FollowUp
from .concluding import standing
from .reminding import is_silent


@dataclass(frozen=True)
class Link:
    """One adoption: what of it can be read by everybody."""

    solution: Page | None
    deployment: object | None
    practice: Page | None


def register() -> None:
    register_need_part(NeedPart("notice", "opening/_outcome_notice.html", notice, 300))
    register_need_part(NeedPart("body", "opening/_outcome.html", outcome, 500))
    register_need_part(NeedPart("body", "opening/_chain.html", chain, 510))
    register_need_part(NeedPart("body", "opening/_early_contacts.html", early_contacts, 520))


def notice(request: HttpRequest, need: Need) -> Context | None:
    """In a line, above all."""
    if need.outcome:
        return {"label": need.get_outcome_display(), "at": need.outcome_at, "is_silent": False}
    return {"is_silent": True, "since": need.closes_at} if is_silent(need) else None


def outcome(request: HttpRequest, need: Need) -> Context | None:
    conclusion = standing(need) if need.outcome else None
    if not need.outcome:
        return None
    return {
        "need": need,
        "label": need.get_outcome_display(),
        "conclusion": conclusion,
        "retained": [row["name"] for row in conclusion.said if row["name"]] if conclusion else [],
        "texts": [row for row in conclusion.said if row["text"]] if conclusion else [],
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


def early_contacts(request: HttpRequest, need: Need) -> Context | None:
    """The register of early contacts with the market, from the closing on."""
    if need.state in (NeedState.OPEN, NeedState.MERGED, NeedState.WITHDRAWN):
        return None
    rows = [[column.display(row.get(column.name, "")) for column in EARLY_CONTACTS] for row in need.early_contacts]
    if not rows and not need.no_early_contacts:
        return None
    return {"rows": rows, "labels": [column.label for column in EARLY_CONTACTS], "language": need.language}


def _link(follow_up: FollowUp) -> Link | None:
    deployment, contribution = follow_up.deployment, follow_up.contribution
    deployment = deployment if deployment and deployment.is_public else None
    page = contribution.page if contribution else None
    practice = page if page and page.live else None
    if deployment is None and practice is None:
        return None
    solution = follow_up.solution if follow_up.solution and follow_up.solution.live else None
    return Link(solution if deployment else None, deployment, practice)
