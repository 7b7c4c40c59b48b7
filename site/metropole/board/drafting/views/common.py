"""What the screens on which a need is written have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from metropole.organisations.views.screens import screen

from ...enums import WRITABLE, NeedState
from ...models import Need
from ...policy import leads
from ...workspace import own_need
from ..forms import take_up
from ..steps import STEPS, NeedStep

View = Callable[..., HttpResponse]


def need_to_write(request: HttpRequest, key: object) -> Need:
    """A need of one's authority. Raises Http404 where it is not there, PermissionDenied for who only reads it."""
    need = own_need(request, key)
    if not leads(request.user, need):
        raise PermissionDenied
    take_up(need)
    return need


def writing(view: View) -> View:
    """A screen of a need that is being written, for who may write it; after that, its own screen says where it is."""

    @wraps(view)
    def opened(request: HttpRequest, key: object, **kwargs: Any) -> HttpResponse:
        need = need_to_write(request, key)
        if need.state not in WRITABLE:
            messages.error(request, no_more_written())
            return redirect("board:manage", need.key)
        return view(request, need, **kwargs)

    return screen(opened)


def no_more_written() -> str:
    return _("This need is submitted: it is not written any more.")


def step_at(number: int) -> NeedStep:
    """Raises Http404."""
    if not 1 <= number <= len(STEPS):
        raise Http404
    return STEPS[number - 1]


def frame(need: Need, here: str | int) -> dict[str, Any]:
    """What every screen shows: the steps, the current one among them, and why the need was given back, if it was."""
    return {
        "heading": need.typed_title or need.name,
        "need": need,
        "steps": STEPS,
        "here": here,
        "return_reason": need.return_reason if need.state == NeedState.TO_CORRECT else "",
    }
