"""What the screens of the panel have in common: for others than who may, they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from metropole.board.models import Need
from metropole.board.workspace import own_need
from metropole.core.policy import policy
from metropole.organisations.views.screens import screen

from ...models import Response
from ..panel import Labelled, labelled

View = Callable[..., HttpResponse]


def need_screen(*actions: str) -> Callable[[View], View]:
    """A screen of a need, for who may do one of some things with it."""

    def with_need(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
            need = own_need(request, key)
            if not any(policy.may(request.user, action, need) for action in actions):
                raise Http404
            return view(request, need, **kwargs)

        return screen(opened)

    return with_need


def panel_screen(view: View) -> View:
    """For who reads the responses; who has not declared their interests yet does that first."""

    @wraps(view)
    def reading(request: HttpRequest, need: Need, **kwargs: Any) -> HttpResponse:
        if not policy.may(request.user, "panel.read", need):
            return redirect("opening:declaration", need.key)
        return view(request, need, **kwargs)

    return need_screen("panel.declare")(reading)


def response_screen(view: View) -> View:
    """One response, as the panel calls it."""

    @wraps(view)
    def with_response(request: HttpRequest, need: Need, pk: UUID, **kwargs: Any) -> HttpResponse:
        found = response_of(request, need, pk)
        return view(request, need, found, **kwargs)

    return panel_screen(with_response)


def response_of(request: HttpRequest, need: Need, pk: UUID) -> Labelled:
    """Raises Http404 for what a person may not read."""
    found = next((one for one in labelled(need) if one.response.pk == pk), None)
    if found is None or not policy.may(request.user, "response.read", found.response):
        raise Http404
    return found


def readable(request: HttpRequest, need: Need) -> list[Labelled]:
    """The responses that a person of the panel may read."""
    return [one for one in labelled(need) if policy.may(request.user, "response.read", one.response)]


def own_response(request: HttpRequest, pk: UUID) -> Response:
    """A response of an organisation of theirs. Raises Http404."""
    related = Response.objects.select_related("need__organisation", "organisation", "decision")
    found = related.filter(pk=pk).first()
    if found is None or not policy.may(request.user, "response.see_own", found):
        raise Http404
    return found
