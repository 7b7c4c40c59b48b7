from urllib.parse import urlencode

from django import template
from django.urls import reverse

from metropole.accounts.proconnect import config

register = template.Library()


@register.inclusion_tag("proconnect/button.html")
def proconnect_button(next_url: str = "") -> dict[str, object]:
    """The way to sign in with ProConnect, nothing where it is not configured; ``next_url``: where to go then."""
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return {"is_on": config.is_on(), "url": reverse("proconnect:sign_in") + query}
