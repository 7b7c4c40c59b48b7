"""How a need is begun, from nothing or from another one; and how its draft ends."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import screen

from ...lifecycle.services import refusals
from ...models import Need
from ...policy import carries
from .. import services
from ..forms import BeginForm, beginning
from .common import writing


@screen
def begin(request: HttpRequest) -> HttpResponse:
    """For which authority; then its first step."""

    def act(organisation: Organisation) -> Need:
        return services.begin(request.user, organisation)

    return _begun(request, act, _("Post a need"))


@screen
def copy(request: HttpRequest, key: object) -> HttpResponse:
    """A need of one's own, or one that everybody reads, as the beginning of another."""
    source = get_object_or_404(Need.objects.select_related("organisation").with_texts(), key=key)
    if not (source.is_public or carries(request.user, source)):
        raise Http404

    def act(organisation: Organisation) -> Need:
        return services.copy(source, request.user, organisation)

    return _begun(request, act, _("Start from this need"), source)


def _begun(
    request: HttpRequest, act: Callable[[Organisation], Need], heading: str, source: Need | None = None
) -> HttpResponse:
    is_post = request.method == "POST"
    context = {"heading": heading, "source": source}
    if not beginning(request.user).exists():
        if is_post:
            raise PermissionDenied
        return render(request, "drafting/nobody.html", context)
    form = BeginForm(request.user, request.POST if is_post else None)
    if is_post and form.is_valid():
        return redirect("drafting:step", act(form.cleaned_data["organisation"]).key, 1)
    return render(request, "drafting/begin.html", context | {"form": form})


@writing
def delete(request: HttpRequest, need: Need) -> HttpResponse:
    """Before a draft is deleted for good."""
    refused = refusals(need, "delete", request.user)
    if request.method == "POST":
        try:
            services.delete(need, request.user)
        except ValidationError as error:
            refused = error.messages
        else:
            messages.success(request, _("The draft is deleted."))
            return redirect("board:mine")
    context = {"heading": _("Delete this draft"), "need": need, "refused": refused}
    return render(request, "drafting/delete.html", context)
