from django import template
from django.conf import settings
from django.utils.text import capfirst

from ..opening.enums import Mark

register = template.Library()


@register.filter
def mark_label(value: str) -> str:
    """What a reader found on a criterion, in words."""
    return capfirst(str(Mark(value).label)) if value in Mark.values else ""


@register.simple_tag
def retention_months() -> int:
    """For how many months after the outcome a response that is not retained is kept."""
    return settings.RESPONSE_RETENTION_MONTHS
