"""The parts of a need's public page that tell its state, its terms, its documents, its changes and its history."""

from django.http import HttpRequest
from django.utils.translation import get_language

from ..enums import AmendmentState
from ..models import Need
from ..parts import Context, NeedPart, register_need_part
from . import display
from .changes import publicly_shown
from .history import history, is_closed
from .workspace import open_part


def register() -> None:
    for place, template, context, order in (
        ("notice", "publishing/_notices.html", notices_part, 100),
        ("side", "publishing/_dates.html", dates_part, 100),
        ("side", "publishing/_facts.html", facts_part, 200),
        ("body", "publishing/_criteria.html", criteria_part, 100),
        ("body", "publishing/_documents.html", documents_part, 200),
        ("body", "publishing/_contacts.html", contacts_part, 300),
        ("body", "publishing/_amendments.html", amendments_part, 800),
        ("body", "publishing/_history.html", history_part, 900),
        ("workspace", "publishing/_open.html", open_part, 400),
        ("workspace", "publishing/_about.html", about_part, 950),
    ):
        register_need_part(NeedPart(place, template, context, order))


def notices_part(request: HttpRequest, need: Need) -> Context | None:
    found = display.notices(need)
    return {"notices": found, "need": need} if found else None


def dates_part(request: HttpRequest, need: Need) -> Context:
    return display.dates(need)


def facts_part(request: HttpRequest, need: Need) -> Context:
    return {"facts": display.facts(need)}


def criteria_part(request: HttpRequest, need: Need) -> Context | None:
    text = need.text_for(get_language()) or need.texts.filter(locale__language_code=need.language).first()
    return text and display.criteria(need, text)


def documents_part(request: HttpRequest, need: Need) -> Context | None:
    """Those that the antivirus has let through; what an amendment took away is said to be."""
    files = [file for file in need.files.all() if file.is_clean]
    return {"need": need, "files": files} if files else None


def contacts_part(request: HttpRequest, need: Need) -> Context | None:
    """The register of early contacts: everybody reads it once nobody can respond any more."""
    if not is_closed(need) or not (need.early_contacts or need.no_early_contacts):
        return None
    columns = Need._meta.get_field("early_contacts").columns
    rows = [[column.display(row.get(column.name, "")) for column in columns] for row in need.early_contacts]
    return {"need": need, "columns": columns, "rows": rows}


def amendments_part(request: HttpRequest, need: Need) -> Context | None:
    published = need.amendments.filter(state=AmendmentState.PUBLISHED)
    found = [(amendment, [publicly_shown(row, need) for row in amendment.changes]) for amendment in published]
    return {"need": need, "amendments": found} if found else None


def history_part(request: HttpRequest, need: Need) -> Context:
    return {"need": need, "happened": history(need)}


def about_part(request: HttpRequest, need: Need) -> Context:
    """For its people: the rules, and where everybody reads what happened."""
    return {"need": need}
