from django import template
from django.conf import settings
from wagtail.models import Locale

from metropole.core.models import BasePage

from ..progress import is_behind

register = template.Library()


@register.filter
def behind(page: BasePage) -> bool:
    """Whether a page is a translation that is behind its original. One query; none for an original."""
    return bool(page.pk) and page.language != settings.LANGUAGE_CODE and is_behind(page)


@register.filter
def original(page: BasePage) -> BasePage:
    """The page that a page is the translation of."""
    return page.get_translation(Locale.get_default()).specific
