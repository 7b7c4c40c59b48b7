"""The screens of who follows: needs, and the themes and territories of those to come."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from metropole.core.policy import policy
from metropole.organisations.views.screens import done, screen

from ..models import Following, Need, Watch
from . import services
from .finding import filing_of, fitting, followings_of
from .forms import FollowingForm
from .rule import trees


@dataclass(frozen=True)
class Followed:
    """A following with the names of what it is of, in the reader's language."""

    following: Following
    themes: list[str]
    territories: list[str]


@screen
def following(request: HttpRequest) -> HttpResponse:
    """What one follows, and which of the needs that are open now fit it."""
    own = followings_of(request.user)
    watched = Watch.objects.filter(person=request.user).select_related("need__organisation").order_by("-since", "-pk")
    context = {
        "heading": _("What I follow"),
        "watches": watched.prefetch_related("need__texts__locale"),
        "followed": [_named(one) for one in own],
        "has_active": any(one.is_active for one in own),
        "fits": fitting(filing_of(one) for one in own if one.is_active),
        "may_add": len(own) < services.MOST_FOLLOWINGS,
    }
    return render(request, "matching/following.html", context)


def _named(following: Following) -> Followed:
    known, filing = trees(), filing_of(following)
    return Followed(
        following,
        sorted(known.themes.label(slug) for slug in filing.themes),
        sorted(known.territories.label(slug) for slug in filing.territories),
    )


@screen
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@screen
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _own(request, pk))


def _edit(request: HttpRequest, following: Following | None) -> HttpResponse:
    """Chooses themes and territories; shows which open needs they would give, before or without saving."""
    person = request.user
    form = FollowingForm(person, following, request.POST if request.method == "POST" else None)
    preview = None
    if request.method == "POST" and form.is_valid():
        preview = fitting([form.filing])
        if request.POST.get("action") != "preview" and done(
            request,
            lambda: services.follow(person, form.filing, form.cleaned_data["organisation"], following),
            _("Saved: you are told of each need that fits, once a day."),
            form,
        ):
            return redirect("matching:following")
    elif request.method == "GET" and following:
        preview = fitting([filing_of(following)])
    context = {"heading": _("Follow themes and territories"), "form": form, "preview": preview}
    return render(request, "matching/edit.html", context)


@screen
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses, resumes or ends a following."""
    own, action = _own(request, pk), request.POST.get("action")
    if action == "forget":
        services.forget(own, request.user)
        messages.success(request, _("You do not follow this any more."))
    elif action in ("pause", "resume"):
        services.set_active(own, request.user, is_active=action == "resume")
        said = _("You are told again of needs that fit.") if own.is_active else _("Paused: you are told of no need.")
        messages.success(request, said)
    else:
        raise Http404
    return redirect("matching:following")


@screen
@require_POST
def need(request: HttpRequest, slug: str) -> HttpResponse:
    """Follows a need, or ends it: said, not toggled, so that the same sent twice does the same."""
    found = get_object_or_404(Need.objects.published().with_texts(), slug=slug)
    action = request.POST.get("action")
    if action == "follow":
        try:
            services.watch(found, request.user)
        except PermissionDenied:
            raise Http404 from None
        messages.success(request, _("You follow this need: you are told what becomes of it."))
    elif action == "leave":
        services.leave(found, request.user)
        messages.success(request, _("You do not follow this need any more."))
    else:
        raise Http404
    return redirect("matching:following" if request.POST.get("from") == "list" else found.get_absolute_url())


def _own(request: HttpRequest, pk: int) -> Following:
    """Somebody else's is not there."""
    found = get_object_or_404(Following.objects.select_related("organisation"), pk=pk)
    if not policy.may(request.user, "following.change", found):
        raise Http404
    return found
