"""A contribution as a whole: where it stands, how it will look, what it lacks, its sending and its end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.moderation import services as moderation
from metropole.moderation.enums import WAITING_STATES, ContentState
from metropole.organisations import legal

from ..headings import heading
from ..kinds import kind_of
from ..models import Contribution
from ..pages import drafted_page, parent_page, placed
from ..services import IncompleteError, Missing, OutdatedError, delete_draft, follow_page, mended, missing, reopen, send
from .common import own, requests_of
from .lists import state_words
from .steps import conflict_screen


@own
def contribution(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Where it stands, what is asked for, and what can be done now."""
    kind = kind_of(contribution)
    page = contribution.page
    state = moderation.state_of(page) if page else None
    context = {
        "heading": heading(contribution, kind),
        "contribution": contribution,
        "kind": kind,
        "state": state_words(contribution, state),
        "asked": [(asked, _step_url(contribution, asked.field), _is_mended(contribution, asked.field))
                  for asked in requests_of(contribution)],
        "is_live": bool(page and page.live),
        "is_waiting": state in WAITING_STATES,
        "may_reopen": not contribution.is_being_written and state != ContentState.REMOVED,
    }  # fmt: skip
    return render(request, "contributions/contribution.html", context)


def _is_mended(contribution: Contribution, field: str) -> bool:
    return contribution.is_being_written and mended(contribution, field)


def _step_url(contribution: Contribution, field: str) -> str:
    kind = kind_of(contribution)
    for number, step in enumerate(kind.steps, start=1):
        if field in step.fields:
            return f"{reverse('contributions:step', args=[contribution.pk, number])}#id_{field}"
    return ""


@own
def take_up(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Changes again what was sent or published; what is being reviewed is taken back first."""
    if request.method == "POST" and not contribution.is_being_written:
        try:
            reopen(contribution, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("contributions:contribution", contribution.pk)
    if requests_of(contribution):
        # Where they are listed, each with the way to its field.
        return redirect("contributions:contribution", contribution.pk)
    return redirect("contributions:step", contribution.pk, 1)


@own
def preview(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """The page as it will look, for those who write it alone."""
    page = drafted_page(contribution)
    page.title = page.title or heading(contribution, kind_of(contribution))
    if not page.pk:
        parent = parent_page(contribution)
        page.slug = "-"
        placed(page, parent).set_url_path(parent)
    request.is_preview = True
    context = page.get_context(request) | {"draft_files": contribution.files.filter(is_removed=False, document=None)}
    return render(request, page.template, context)


@own
def check(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """What is missing, with the way to it; or else the sending."""
    if not contribution.is_being_written:
        return redirect("contributions:contribution", contribution.pk)
    lacking = missing(contribution)
    if request.method == "POST":
        answer = legal.require_acceptance(request, contribution.organisation) or _send(request, contribution)
        if isinstance(answer, HttpResponse):
            return answer
        lacking = answer
    kind = kind_of(contribution)
    context = {
        "heading": _("Check and send"),
        "name": heading(contribution, kind),
        "contribution": contribution,
        "kind": kind,
        "lacking": [(lack, _way_to(contribution, lack)) for lack in lacking],
    }
    return render(request, "contributions/check.html", context)


def _send(request: HttpRequest, contribution: Contribution) -> HttpResponse | list[Missing]:
    version = request.POST.get("version", "")
    try:
        send(contribution, request.user, int(version) if version.isdecimal() and len(version) < 10 else -1)
    except IncompleteError as error:
        contribution.refresh_from_db()
        return error.missing
    except OutdatedError as error:
        contribution.refresh_from_db()
        return _page_conflicts(request, contribution, error)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("contributions:contribution", contribution.pk)
    messages.success(request, _("Thank you. It is sent to the moderators, who answer you here."))
    return redirect("contributions:contribution", contribution.pk)


def _way_to(contribution: Contribution, lack: Missing) -> str:
    if not lack.step:
        return f"{reverse('contributions:files', args=[contribution.pk])}#{lack.field}"
    return f"{reverse('contributions:step', args=[contribution.pk, lack.step])}?check=1#id_{lack.field}"


@own
def follow(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """An editor has changed the page meanwhile: one of both texts is chosen for each field."""
    if request.method != "POST" or not contribution.page_id:
        return redirect("contributions:contribution", contribution.pk)
    names = kind_of(contribution).fields
    try:
        follow_page(contribution, request.user, {name: request.POST.get(f"choice-{name}", "") for name in names})
    except OutdatedError as error:
        return _page_conflicts(request, contribution, error, is_unfinished=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("contributions:check", contribution.pk)


def _page_conflicts(
    request: HttpRequest, contribution: Contribution, error: OutdatedError, *, is_unfinished: bool = False
) -> HttpResponse:
    action = reverse("contributions:follow", args=[contribution.pk])
    return conflict_screen(request, contribution, 1, error.merged.conflicts, action=action, is_unfinished=is_unfinished)


@own
def delete(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    if not contribution.is_being_written:
        return redirect("contributions:contribution", contribution.pk)
    if request.method == "POST":
        try:
            delete_draft(contribution, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The draft is deleted."))
        return redirect("contributions:index")
    words = {"heading": _("Delete this draft?"), "contribution": contribution}
    return render(request, "contributions/delete.html", words)
