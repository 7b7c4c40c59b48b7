from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from .doors import is_door
from .proconnect.session import is_signed_in
from .second_factor import has_second_factor, is_open_with_second_factor


class AdminDoorMiddleware:
    """Nothing of the admin is shown but to who may enter it, in a session that was opened with a second factor.

    Who has none is led to set one up. Wagtail itself leads to the sign-in page who has not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path.startswith(reverse("wagtailadmin_home")) or is_door(view):
            return None
        if not request.user.is_authenticated:
            return None
        with override(request.user.language):
            return _stop(request)


def _stop(request: HttpRequest) -> HttpResponse | None:
    """Where who may not enter is led instead; nowhere, for who may."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return _refuse(request)
    if not settings.ADMIN_REQUIRES_MFA:
        return None
    if is_open_with_second_factor(request):
        return None
    if has_second_factor(request.user):
        return _ask_for_second_factor(request)
    return _ask_proconnect(request) if is_signed_in(request) else redirect("mfa_index")


def _refuse(request: HttpRequest) -> HttpResponse:
    # Wagtail would lead to the sign-in page, which leads who has signed in back: for ever.
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    messages.error(request, _("Your account does not give access to the administration."))
    return redirect("account_profile")


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    methods = get_adapter().get_reauthentication_methods(request.user)
    url = next(method["url"] for method in methods if method["id"].startswith("mfa_reauthenticate"))
    return HttpResponseRedirect(f"{url}?{urlencode({'next': _wanted(request)})}")


def _ask_proconnect(request: HttpRequest) -> HttpResponse:
    query = urlencode({"two_factors": 1, "next": _wanted(request)})
    return HttpResponseRedirect(f"{reverse('proconnect:sign_in')}?{query}")


def _wanted(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
