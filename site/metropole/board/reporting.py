"""Readers report errors on needs as they do on contents."""

from django.utils.translation import get_language

from metropole.moderation.reports import Reported

from .models import Need


def find_need(pk: int) -> Reported | None:
    """A need that everybody may read."""
    need = Need.objects.published().with_texts().select_related("organisation").filter(pk=pk).first()
    if need is None:
        return None
    text = need.text_for(get_language())
    return Reported(need, text.title, text.language, need.get_absolute_url(), [need.organisation])
