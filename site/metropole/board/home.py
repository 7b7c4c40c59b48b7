from django.http import HttpRequest

from metropole.content.related import newest
from metropole.core.periods import PeriodState
from metropole.search.listing import Hit

SHOWN_COUNT = 4


def open_needs(request: HttpRequest) -> list[Hit]:
    """The newest needs that still await answers, for the front page."""
    return newest(SHOWN_COUNT, {"type": ("need",), "status": (PeriodState.OPEN,)})
