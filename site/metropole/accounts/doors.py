"""Wagtail's own ways in and out, closed: they know neither second factor nor limit, and lead to ours."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path, override
from django.views.decorators.cache import never_cache

from metropole.core.languages import preferred_language


def _door(name: str, *, status: int = 302) -> Callable[..., HttpResponse]:
    @never_cache
    def door(request: HttpRequest, **kwargs) -> HttpResponse:
        # Below no language, a door chooses one as the front door does.
        with override(get_language_from_path(request.path_info) or preferred_language(request)):
            url = reverse(name)
        wanted = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            url = f"{url}?{urlencode({'next': wanted})}"
        return HttpResponseRedirect(url, status=status)

    door.is_door = True
    return door


def is_door(view: Callable[..., HttpResponse]) -> bool:
    return getattr(view, "is_door", False)


admin_doors = [
    path("login/", _door("account_login")),
    # 307: the admin's button posts, and signs out at once.
    path("logout/", _door("account_logout", status=307)),
    re_path(r"^password_reset/", _door("account_reset_password")),
]
"""Below the address of the admin, before its own."""

site_doors = [path("_util/login/", _door("account_login"))]
"""Below each language, before Wagtail's own."""
