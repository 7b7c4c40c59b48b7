"""An invitation as who is invited sees it, and taking back one's own request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from .. import invitations, joining
from ..models import Invitation
from .screens import done, screen


@screen
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the message's link leads. It opens nothing by itself: the address must be one's own."""
    found = invitations.with_token(token)
    if found and policy.may(request.user, "invitation.answer", found):
        return redirect("organisations:answer", found.pk)
    context = {"heading": _("Invitation"), "is_for_another_address": found is not None}
    return render(request, "organisations/workspace/invitation.html", context, status=403 if found else 404)


@screen
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accepts or declines."""
    found = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), pk=pk)
    if not policy.may(request.user, "invitation.answer", found) or not found.is_pending:
        raise Http404
    if request.method == "POST":
        return _answered(request, found)
    context = {"heading": _("Invitation"), "invitation": found}
    return render(request, "organisations/workspace/invitation.html", context)


def _answered(request: HttpRequest, found: Invitation) -> HttpResponse:
    organisation = found.organisation
    if request.POST.get("action") == "accept":
        said = _("You are a member of %(organisation)s.") % {"organisation": organisation}
        if done(request, lambda: invitations.accept(found, request.user), said):
            return redirect("organisations:home", organisation.slug)
    elif request.POST.get("action") == "decline":
        done(request, lambda: invitations.decline(found, request.user), _("The invitation is declined."))
    else:
        raise Http404
    return redirect("organisations:mine")


@screen
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back one's own request to join."""
    membership = get_object_or_404(request.user.memberships.asked(), pk=pk)
    if request.method == "POST":
        done(request, lambda: joining.withdraw(membership, request.user), _("Your request is taken back."))
    return redirect("organisations:mine")
