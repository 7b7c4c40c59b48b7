from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ..models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def signed_in(context: template.Context) -> User | None:
    """Who has signed in. A visitor has no session to look into: their page is the same for all, and may be kept."""
    request: HttpRequest | None = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


@register.simple_tag(takes_context=True)
def sign_in_url(context: template.Context) -> str:
    """The sign-in page, which leads back to this page, but for one of the account's own."""
    path, url = context["request"].path, reverse("account_login")
    return url if path.startswith(reverse("account_profile")) else f"{url}?{urlencode({'next': path})}"
