"""The workspace's home: what waits for a person, and what they may begin."""

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metropole.core.screens import own_screen
from metropole.core.workspace import Context, beginnings, workspace_parts
from metropole.organisations.enums import MembershipState
from metropole.organisations.models import Membership


@own_screen
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    context = {
        "heading": _("My workspace"),
        "parts": workspace_parts(request.user),
        "beginnings": beginnings(request.user),
    }
    return render(request, "workspace/home.html", context)


def own_organisations(person: AbstractUser) -> Context:
    """The organisations whose member a person is, or asks to be, with their rights."""
    memberships = Membership.objects.filter(
        person=person, state__in=(MembershipState.ASKED, MembershipState.ACTIVE)
    ).select_related("organisation__territory")
    return {"memberships": list(memberships)}
