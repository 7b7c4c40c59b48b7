"""The latest results of a search as an Atom feed, for readers who follow a subject without leaving an address."""

from datetime import UTC, datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .hits import hits
from .listing import Hit
from .present import heading
from .query import NEWEST, parse
from .services import search
from .views import general

# What has no date has no news to tell: it comes last, dated from before the site.
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest results first, whatever the order chosen on the page and the languages that they are written in."""
    query = parse(request.GET).changed(sort=NEWEST)
    outcome = search(query, general(), counted=(), readable_first=False)
    atom = Atom1Feed(
        title=heading(outcome),
        link=request.build_absolute_uri(query.changed(sort="").url(outcome.preset.path)),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for hit in hits(outcome):
        _add(atom, request, hit)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(atom: Atom1Feed, request: HttpRequest, hit: Hit) -> None:
    day = datetime.combine(hit.date, time.min, tzinfo=UTC) if hit.date else _NO_DATE
    atom.add_item(
        title=hit.title,
        link=request.build_absolute_uri(hit.url),
        description=hit.summary,
        pubdate=day,
        updateddate=day,
        categories=[hit.type_label, *(theme.label for theme in hit.themes)],
    )
