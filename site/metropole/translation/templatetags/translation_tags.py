from django import template
from django.conf import settings
from django.db.models import Model

from ..progress import is_behind

register = template.Library()


@register.filter
def behind(text: Model) -> bool:
    """Whether a text is a translation that is behind its original. One query; none for what is in the main language."""
    return bool(text.pk) and text.language != settings.LANGUAGE_CODE and is_behind(text)
