import json
import logging
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_path, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from mozilla_django_oidc.views import OIDCAuthenticationRequestView

from metropole.core.languages import preferred_language

from . import config, linking, session
from .backend import ProConnectBackend
from .refusals import NotIdentified, Refusal, StateUnknown, Unavailable

logger = logging.getLogger(__name__)

View = Callable[[HttpRequest], HttpResponse]
BUSY_ERRORS = ("server_error", "temporarily_unavailable")


def proconnect_view(view: View) -> View:
    """Found only where ProConnect is configured, kept by nobody; a refusal becomes a page in the reader's language."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not config.is_on():
            raise Http404
        language = _reader_language(request)
        with override(language):
            try:
                response = view(request)
            except Refusal as refusal:
                logger.warning("ProConnect: nobody signed in (%s)", type(refusal).__name__)
                response = render(request, "proconnect/refusal.html", {"refusal": refusal}, status=refusal.status)
        response.headers["Content-Language"] = language
        # The addresses hold codes and tokens: whoever is asked next for a file is not told them.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return guarded


class _SignIn(config.Configured, OIDCAuthenticationRequestView):
    """Leads to ProConnect with a new state and nonce, and with what ProConnect lets an address say, no more.

    ``?two_factors`` in the address asks for a level of assurance with two factors.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        request.session[session.LANGUAGE] = get_language()
        request.session[session.LEVELS] = config.levels("two_factors" in request.GET)
        return super().get(request)

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        """The level of assurance, which is checked when they come back."""
        levels = request.session[session.LEVELS]
        acr = {"essential": True, "values": levels} if levels else None
        return {"claims": json.dumps({"id_token": {"acr": acr}}, separators=(",", ":"))}


sign_in = proconnect_view(_SignIn.as_view())


@proconnect_view
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Where ProConnect sends people back: signs them in, or asks whose account it is that has their address."""
    nonce = session.take_nonce(request)
    error, code = request.GET.get("error"), request.GET.get("code")
    if error:
        raise Unavailable if error in BUSY_ERRORS else NotIdentified
    if not code:
        raise StateUnknown
    answer = ProConnectBackend().answer(request, code, nonce, request.session.get(session.LEVELS, config.levels()))
    identity = linking.identity_of(answer.claims)
    if identity is None:
        linking.account_to_link(answer.claims)
        session.keep_pending(request, answer.claims)
        return redirect("proconnect:link")
    next_url = _next_url(request)
    auth.login(request, identity.user, backend=session.BACKEND)
    request.session.cycle_key()  # Django leaves it as it was for who was signed in already.
    session.remember(request, answer)
    return redirect(next_url)


@proconnect_view
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Links an identity to the account that has its address, once its owner has signed in to it by other means."""
    claims = session.pending(request)
    account = linking.account_to_link(claims)
    is_owner = request.user == account
    if request.method == "POST" and is_owner:
        linking.link(account, claims)
        session.forget_pending(request)
        return render(request, "proconnect/linked.html", {"email": account.email, "next_url": _next_url(request)})
    context = {
        "email": claims.email,
        "is_owner": is_owner,
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.path})}",
    }
    return render(request, "proconnect/link.html", context, status=403 if request.method == "POST" else 200)


@proconnect_view
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Signs out here, then leads to ProConnect to be signed out there too.

    The way there is a page and not a redirection: browsers hold a form to the policy's ``form-action`` along all the
    redirections that follow, and ProConnect's go on to each organisation's own identity provider.
    """
    id_token, language = session.id_token(request), get_language()
    auth.logout(request)
    if not id_token:
        return redirect(f"/{language}/")
    request.session[session.LANGUAGE] = language
    parameters = {
        "id_token_hint": id_token,
        "state": session.new_sign_out_state(request),
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("proconnect_signed_out")),
    }
    return render(
        request, "proconnect/leaving.html", {"url": f"{config.endpoint('session/end')}?{urlencode(parameters)}"}
    )


@proconnect_view
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Where ProConnect sends people back after it has signed them out."""
    session.check_sign_out_state(request)
    return render(request, "proconnect/signed_out.html")


def _reader_language(request: HttpRequest) -> str:
    """That of the address; where it has none, that in which the person left for ProConnect."""
    return (
        get_language_from_path(request.path_info)
        or request.session.get(session.LANGUAGE)
        or preferred_language(request)
    )


def _next_url(request: HttpRequest) -> str:
    """Where the person wanted to go, which the library has checked to be on this site; or else where all are led."""
    return request.session.get(session.NEXT) or resolve_url(settings.LOGIN_REDIRECT_URL)
