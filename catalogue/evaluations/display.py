"""The evaluations of a solution, on its sheet."""

from wagtail.models import Page

from .models import EvaluationPage


def evaluations_of(page: Page) -> list[EvaluationPage]:
    """Those that are published, the newest first: in the reader's language where they are translated.

    Whatever they found, and below whichever version of the sheet they were put.
    """
    found = EvaluationPage.objects.live().filter(solution__translation_key=page.translation_key, alias_of=None)
    by_key: dict = {}
    for one in found.select_related("by__territory", "locale").order_by("pk"):
        known = by_key.get(one.translation_key)
        if known is None or one.locale_id == page.locale_id:
            by_key[one.translation_key] = one
    return sorted(by_key.values(), key=lambda one: (one.date is None, -(one.date.toordinal() if one.date else 0)))
