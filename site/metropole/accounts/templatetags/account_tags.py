from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from metropole.notifications.home import unread_count

from ..devices import device
from ..favourites.models import Favourite
from ..models import User

register = template.Library()
register.filter(device)


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


@register.filter
def unread_news(person: User) -> int:
    """How many notifications a person has not read."""
    return unread_count(person)


@register.inclusion_tag("favourites/_button.html", takes_context=True)
def favourite_button(context: template.Context, kind: str, ref: object) -> dict[str, object]:
    """Keeps what a page shows, or leads to what one noted of it; nothing for a visitor, whose page is that of all."""
    person = signed_in(context)
    if person is None:
        return {}
    kept = Favourite.objects.filter(person=person, kind=kind, ref=str(ref)).first()
    return {"person": person, "kind": kind, "ref": ref, "kept": kept}
