"""All that one's authorities share with others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from metropole.organisations.views.screens import screen

from .. import workspace


@screen
def shared(request: HttpRequest) -> HttpResponse:
    person = request.user
    context = {
        "heading": _("Shared needs"),
        "waiting": workspace.waiting_for(person),
        "sent": workspace.sent_by(person),
        "carried": workspace.carried_by(person),
        "interests": workspace.interests_of(person),
    }
    return render(request, "sharing/shared.html", context)
