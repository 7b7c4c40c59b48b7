"""The contributions of one's organisations, and how one is begun."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from metropole.core.policy import policy
from metropole.moderation.enums import ContentState
from metropole.moderation.states import with_state
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from ..forms import BeginForm
from ..headings import heading
from ..kinds import Kind, feedback_kind, kind_for_page, kind_named, kind_of
from ..models import Contribution
from ..services import begin, begin_from
from .common import private

_PAGE_SIZE = 20


@dataclass(frozen=True)
class Row:
    """A contribution in a list, with where it stands in words."""

    contribution: Contribution
    title: str
    kind: Kind
    state: str
    needs_care: bool


def contributions_of(person: AbstractUser):
    organisations = Organisation.objects.verified().of(person, Right.CONTRIBUTES)
    return Contribution.objects.filter(organisation__in=organisations).select_related("organisation", "about")


@private
@login_required
def index(request: HttpRequest) -> HttpResponse:
    shown = Paginator(contributions_of(request.user), _PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "heading": _("My contributions"),
        "rows": rows(shown.object_list),
        "shown": shown,
        "may_contribute": Organisation.objects.verified().of(request.user, Right.CONTRIBUTES).exists(),
    }
    return render(request, "contributions/index.html", context)


def rows(contributions) -> list[Row]:
    contributions = list(contributions)
    pages = Page.objects.filter(pk__in=[found.page_id for found in contributions if found.page_id])
    states = dict(with_state(pages).values_list("pk", "content_state"))
    return [_row(found, states.get(found.page_id)) for found in contributions]


def _row(contribution: Contribution, state: str | None) -> Row:
    kind = kind_of(contribution)
    return Row(
        contribution,
        heading(contribution, kind),
        kind,
        state_words(contribution, state),
        not contribution.is_being_written and state == ContentState.CHANGES_REQUESTED,
    )


def state_words(contribution: Contribution, state: str | None) -> str:
    """Where it stands: with its organisation, with the moderators, with its readers."""
    if state is None:
        return _("Draft")
    known = str(ContentState(state).label).capitalize()
    if contribution.is_being_written:
        return _("%(state)s; you are changing it") % {"state": known}
    return known


@private
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Chooses the kind and the organisation; or the organisation alone, to add to a content."""
    about = _about(request)
    kind = feedback_kind(about) if about else None
    form = BeginForm(request.user, request.POST if request.method == "POST" else None, kind=kind)
    context = {"heading": _("New contribution"), "about": about, "form": form}
    if not form.fields["organisation"].queryset.exists():
        return render(request, "contributions/nobody.html", {"heading": context["heading"]})
    if request.method == "POST" and form.is_valid():
        chosen = kind or kind_named(form.cleaned_data["kind"])
        contribution = begin(chosen, form.cleaned_data["organisation"], request.user, about)
        if not contribution.is_being_written:
            return redirect("contributions:contribution", contribution.pk)
        return redirect("contributions:step", contribution.pk, 1)
    return render(request, "contributions/new.html", context)


def _about(request: HttpRequest) -> Page | None:
    """The published content that is to be added to, if one is named. Raises Http404."""
    named = request.GET.get("about", "")
    if not named:
        return None
    if not named.isdecimal():
        raise Http404
    page = get_object_or_404(Page.objects.live().public(), pk=int(named[:18])).specific
    if feedback_kind(page) is None:
        raise Http404
    return page


@private
@login_required
def of_page(request: HttpRequest, page_pk: int) -> HttpResponse:
    """From a page of the site to the contribution by which it is edited."""
    page = get_object_or_404(Page, pk=page_pk)
    contribution = Contribution.objects.filter(page=page).first()
    if contribution is None and request.method == "POST":
        contribution = begin_from(page, request.user)
    if contribution is None:
        if not _may_begin_from(page, request.user):
            raise Http404
        return render(request, "contributions/take_up.html", {"heading": page.title, "page_to_edit": page})
    if not policy.may(request.user, "contribution.edit", contribution):
        raise Http404
    return redirect("contributions:contribution", contribution.pk)


def _may_begin_from(page: Page, person: AbstractUser) -> bool:
    return kind_for_page(page) is not None and policy.may(person, "content.edit", page.specific)
