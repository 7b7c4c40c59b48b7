from django.http import Http404
from django.shortcuts import get_object_or_404

from metropole.core.keys import LARGEST_KEY

from ...models import CoCarrier, Need


def found_need(key: object) -> Need:
    """A need, published or not: who may see it, each screen asks."""
    return get_object_or_404(Need.objects.select_related("organisation").with_texts(), key=key)


def found_co_carrier(key: object, pk: int) -> CoCarrier:
    """Where an authority stands with a need."""
    if pk > LARGEST_KEY:
        raise Http404
    need = found_need(key)
    co_carrier = get_object_or_404(need.co_carriers.select_related("organisation"), pk=pk)
    co_carrier.need = need
    return co_carrier


def words_of(need: Need) -> dict[str, str]:
    """What a need says, for who decides whether to carry it: its text, else what its author has typed so far."""
    text = next(iter(need.texts.all()), None)
    if text is not None:
        return {"title": text.title, "summary": text.summary}
    typed = need.typed.get("summary", "")
    return {"title": need.name, "summary": typed if isinstance(typed, str) else ""}
