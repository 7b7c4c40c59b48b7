from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import get_language

from .models import ProgrammeFigure


@dataclass(frozen=True)
class HomeFigure:
    """A programme's key figure, with the programme that it leads to."""

    value: str
    label: str
    as_of: date | None
    source: str
    programme_title: str
    url: str


def home_figures(request: HttpRequest) -> list[HomeFigure]:
    """The key figures that editors put on the front page, in the reader's language where they are translated."""
    figures = ProgrammeFigure.objects.filter(is_highlighted=True, page__live=True).select_related("page__locale")
    own = [figure for figure in figures if figure.page.language == get_language()]
    translated = {figure.page.translation_key for figure in own}
    others = [figure for figure in figures if figure.page.translation_key not in translated]
    return [
        HomeFigure(
            figure.value, figure.label, figure.as_of, figure.source, figure.page.title, figure.page.get_url(request)
        )
        for figure in (*own, *others)
    ]
