from typing import Any

from django import template
from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from wagtail.models import Page

from metropole.core.policy import policy

from ..accuracy import Life, life_of
from ..editing import editing_route

register = template.Library()


@register.filter
def life(page: Page) -> Life | None:
    """How far a published page is to be trusted. Nothing is known of one that is previewed."""
    return life_of(page) if page.pk and page.live else None


@register.filter
def may_ask_deletion_of(person: AbstractUser | None, page: Any) -> bool:
    return bool(person) and policy.may(person, "content.ask_deletion", page)


@register.filter
def editing_url_of(person: AbstractUser | None, page: Any) -> str:
    """Where a person changes a page on the site itself; empty if they may not, or if it is not written there."""
    route = editing_route(page) if person and policy.may(person, "content.edit", page) else ()
    return reverse(route[0], args=route[1:]) if route else ""
