"""The listing of a search: what the templates, the API and the tests read."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metropole.core.numbers import Count

from . import listing
from .facets import FACETS_BY_NAME
from .hits import hits, is_in, places
from .languages import language_name, reader_language
from .panel import facets
from .query import NEWEST, OLDEST, RELEVANCE, TITLE, Query
from .registry import vocabulary
from .services import Outcome, above, chosen_territories

# Numbers shown around the current page.
_AROUND = 2


def present(outcome: Outcome) -> listing.Listing:
    """All that a page of results shows."""
    query, path = outcome.query, outcome.preset.path
    everywhere = outcome.preset.unlocked(query)
    return listing.Listing(
        text=query.text,
        heading=heading(outcome),
        total=outcome.result.total,
        hits=hits(outcome),
        facets=facets(outcome),
        chips=_chips(outcome),
        clear_url=Query(text=query.text if query.selections else "").url(path),
        correction=_correction(outcome),
        wider=_wider(outcome),
        relaxations=_relaxations(outcome),
        sort_options=_sort_options(outcome),
        pagination=_pagination(outcome),
        export_url=everywhere.url(reverse("search:export")),
        feed_url=everywhere.url(reverse("search:feed")),
        action_url=path,
        hidden_inputs=_hidden_inputs(outcome),
        language=reader_language(),
        first_language=_first_language(outcome),
        is_first_page=query.page == 1,
        has_filters=bool(query.pairs()),
        engine=outcome.result.engine,
        choice=outcome.preset.choice,
    )


def heading(outcome: Outcome) -> str:
    """The page's title: the words, the number of results, and where they were looked for."""
    total = outcome.result.total
    found = ngettext("%(total)s result", "%(total)s results", total) % {"total": Count(total)}
    where = str(outcome.preset.heading or _("Search"))
    if outcome.query.text:
        found = _("“%(text)s”: %(found)s") % {"text": outcome.query.text, "found": found}
    if outcome.query.page > 1:
        page = _("page %(page)s of %(count)s") % {"page": outcome.query.page, "count": outcome.page_count}
        found = f"{found}, {page}"
    return f"{found} – {where}"


def _first_language(outcome: Outcome) -> str:
    """The name of the language that comes first on the page, where another one follows; empty elsewhere."""
    first = outcome.request.first_language
    return language_name(first) if len({is_in(first, stored) for stored in outcome.result.hits}) > 1 else ""


def _chips(outcome: Outcome) -> list[listing.Chip]:
    query = outcome.query
    return [
        listing.Chip(
            str(facet.label), vocabulary(name).label(value), query.toggled(name, value).url(outcome.preset.path)
        )
        for name, facet in FACETS_BY_NAME.items()
        for value in query.selected(name)
    ]


def _correction(outcome: Outcome) -> listing.Correction | None:
    query, shown = outcome.query, outcome.wording.shown
    if shown == query.text:
        return None
    return listing.Correction(query.text, shown, query.changed(exact=True).url(outcome.preset.path))


def _wider(outcome: Outcome) -> listing.Wider | None:
    if not outcome.wider_count:
        return None
    query = outcome.query
    where = places(above(chosen_territories(outcome.request)))
    url = query.changed(wider=not query.wider).url(outcome.preset.path)
    return listing.Wider(outcome.wider_count, url, query.wider, where)


def _relaxations(outcome: Outcome) -> list[listing.Relaxation]:
    query, path = outcome.query, outcome.preset.path
    relaxations = []
    for freed in outcome.freed:
        if freed.name == "q":
            label, lifted = query.text, query.changed(text="", exact=False)
        else:
            label, lifted = _filter_label(query, freed.name), query.with_values(freed.name, ())
        relaxations.append(listing.Relaxation(label, freed.count, lifted.url(path)))
    return relaxations


def _filter_label(query: Query, facet_name: str) -> str:
    known = vocabulary(facet_name)
    values = ", ".join(known.label(value) for value in query.selected(facet_name))
    return _("%(facet)s: %(values)s") % {"facet": FACETS_BY_NAME[facet_name].label, "values": values}


def _sort_options(outcome: Outcome) -> list[listing.SortOption]:
    query, preset = outcome.query, outcome.preset
    usual = preset.usual_sort(query.text)
    labels = {RELEVANCE: _("Relevance"), NEWEST: _("Newest first"), OLDEST: _("Oldest first"), TITLE: _("Title")}
    return [
        listing.SortOption(
            value,
            label,
            query.changed(sort="" if value == usual else value).url(preset.path),
            value == (query.sort or usual),
        )
        for value, label in labels.items()
        if query.text or value != RELEVANCE
    ]


def _pagination(outcome: Outcome) -> listing.Pagination:
    number, count, request = outcome.query.page, outcome.page_count, outcome.request
    return listing.Pagination(
        number=number,
        count=count,
        pages=_page_links(outcome),
        previous_url=_page_url(outcome, number - 1) if number > 1 else "",
        next_url=_page_url(outcome, number + 1) if number < count else "",
        start_index=min(request.start + 1, outcome.result.total),
        end_index=min(request.start + request.size, outcome.result.total),
    )


def _page_links(outcome: Outcome) -> list[listing.PageLink | None]:
    """The first page, those around this one, the last; None where some are left out."""
    number, count = outcome.query.page, outcome.page_count
    around = range(max(1, number - _AROUND), min(count, number + _AROUND) + 1)
    links: list[listing.PageLink | None] = []
    last = 0
    for page in sorted({1, count, *around}):
        if page > last + 1:
            links.append(None)
        links.append(listing.PageLink(page, _page_url(outcome, page), page == number))
        last = page
    return links


def _page_url(outcome: Outcome, page: int) -> str:
    return outcome.query.at_page(page).url(outcome.preset.path)


def _hidden_inputs(outcome: Outcome) -> list[tuple[str, str]]:
    """What the form must carry and shows no control for."""
    shown = {facet.name for facet in outcome.request.counted}
    controls = {"q", "sort", "page", *shown}
    return [(name, value) for name, value in outcome.query.pairs() if name not in controls]
