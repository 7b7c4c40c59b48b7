from collections.abc import Callable
from functools import wraps

from allauth.account.middleware import AccountMiddleware
from allauth.account.views import LogoutView
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.generic.base import ContextMixin

from .forms import ProfileForm
from .proconnect import views as proconnect
from .proconnect.session import is_signed_in

RETRY_SECONDS = {"account_login": 300, "account_reauthenticate": 300}
LONGEST_RETRY_SECONDS = 3600


def screen(view_class: type[View], heading: str = "") -> Callable[..., HttpResponse]:
    """A view of allauth as a screen of the site: with its heading, kept by no cache, and within a transaction.

    allauth answers some requests by an exception, which its middleware does not see of a view that the site's own
    runs in a transaction: it is asked here.
    """
    given = {"extra_context": {"heading": heading}} if issubclass(view_class, ContextMixin) else {}
    view = view_class.as_view(**given)

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def answering(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as exception:
            return AccountMiddleware(view).process_exception(request, exception)

    return answering


@cache_control(private=True, no_store=True)
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the way to all that protects the account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form, "heading": _("My account")})


_leave = screen(LogoutView, _lazy("Sign out"))


@cache_control(private=True, no_store=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Signs out, at ProConnect too for who signed in there."""
    if request.method == "POST" and is_signed_in(request):
        return proconnect.sign_out(request)
    return _leave(request)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page of error 429, with the time after which to try again."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    response = render(request, "429.html", {"heading": _("Too many attempts")}, status=429)
    response.headers["Retry-After"] = str(RETRY_SECONDS.get(name, LONGEST_RETRY_SECONDS))
    return response
