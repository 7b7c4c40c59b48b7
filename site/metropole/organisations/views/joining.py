"""One's organisations; joining one, or registering one's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from .. import companies, invitations, joining
from ..enums import MembershipState
from ..finding import LONGEST_QUERY, named
from ..forms import ChoiceForm, OrganisationForm
from ..models import Membership, Organisation
from .screens import screen

MOST_SHOWN = 20


@screen
def mine(request: HttpRequest) -> HttpResponse:
    """Where one is a member, where one asks to be, and who invites."""
    memberships = request.user.memberships.select_related("organisation__territory").order_by("-created_at", "-pk")
    by_state = {state: [one for one in memberships if one.state == state] for state in MembershipState}
    context = {
        "heading": _("My organisations"),
        "active": by_state[MembershipState.ACTIVE],
        "asked": by_state[MembershipState.ASKED],
        "turned_away": _latest_turned_away(by_state),
        "invitations": invitations.received(request.user),
    }
    return render(request, "organisations/workspace/mine.html", context)


def _latest_turned_away(by_state: dict[str, list[Membership]]) -> list[Membership]:
    """The last refusal or removal of each organisation where nothing has followed it."""
    since = {
        one.organisation_id for state in (MembershipState.ACTIVE, MembershipState.ASKED) for one in by_state[state]
    }
    found: dict[int, Membership] = {}
    for one in (*by_state[MembershipState.REFUSED], *by_state[MembershipState.REMOVED]):
        if one.organisation_id not in since:
            found.setdefault(one.organisation_id, one)
    return list(found.values())


@screen
def join(request: HttpRequest) -> HttpResponse:
    """Finds an organisation by words of its name, and asks to join it."""
    if request.method == "POST":
        return _ask(request)
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    known = set(Organisation.objects.of(request.user).values_list("pk", flat=True))
    found = (
        named(Organisation.objects.verified(), text).select_related("territory")
        if text
        else Organisation.objects.none()
    )
    context = {
        "heading": _("Join an organisation"),
        "text": text,
        "found": [(one, one.pk in known) for one in found[:MOST_SHOWN]],
        "more": max(0, found.count() - MOST_SHOWN),
    }
    return render(request, "organisations/workspace/join.html", context)


def _ask(request: HttpRequest) -> HttpResponse:
    """By its address here for who is public; by its SIREN for who knows one that still waits for verification."""
    choice = ChoiceForm(request.POST)
    if not choice.is_valid():
        raise Http404
    if siren := choice.cleaned_data["siren"]:
        organisation = get_object_or_404(Organisation, siren=siren)
    else:
        organisation = get_object_or_404(Organisation.objects.verified(), slug=choice.cleaned_data["organisation"])
    if not policy.may(request.user, "organisation.ask", organisation):
        raise Http404
    membership = joining.ask(request.user, organisation)
    if membership.state == MembershipState.ACTIVE:
        messages.success(request, _("You are a member of %(organisation)s.") % {"organisation": organisation})
        return redirect("organisations:home", organisation.slug)
    said = _("You have asked to join. You are told as soon as your request is answered.")
    messages.success(request, said)
    return redirect("organisations:mine")


@screen
def register(request: HttpRequest) -> HttpResponse:
    """Adds one's company or association."""
    policy.require(request.user, "organisation.register")
    form = OrganisationForm(request.POST or None)
    existing = None
    if request.method == "POST" and form.is_valid():
        try:
            organisation = companies.register(form.instance, request.user)
        except companies.AlreadyRegisteredError as error:
            existing = error.organisation
            if policy.may(request.user, "organisation.enter", existing):
                messages.info(request, _("This organisation is registered already, and you are a member of it."))
                return redirect("organisations:home", existing.slug)
            form.add_error("number", error.messages)
        else:
            messages.success(request, _("It is registered. The Métropole verifies it before it is public."))
            return redirect("organisations:home", organisation.slug)
    may_join = existing is not None and policy.may(request.user, "organisation.ask", existing)
    context = {
        "heading": _("Register a company or an association"),
        "form": form,
        "existing": existing if may_join else None,
    }
    return render(request, "organisations/workspace/register.html", context)
