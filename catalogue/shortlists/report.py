"""The sourcing report: a PDF that screen readers can read (PDF/UA), made of the copy alone, without any network."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import override

from metropole.core.pdf import pdf_of

from .enums import Verdict
from .models import Shortlist


def pdf(shortlist: Shortlist) -> bytes:
    return pdf_of(page(shortlist))


def page(shortlist: Shortlist) -> str:
    """The report as HTML, in the language in which it was locked."""
    content = shortlist.content
    with override(content["language"]):
        return render_to_string("shortlists/report.html", {"shortlist": shortlist, **sections(content)})


def _groups(sheet: dict | None) -> list[dict]:
    """The groups of a sheet, each with the names of the fields of which it says nothing."""
    return [
        group | {"unknown": [field["label"] for field in group["fields"] if not field["value"]]}
        for group in (sheet["groups"] if sheet else ())
    ]


def sections(content: dict) -> dict[str, object]:
    """The copy, with its codes in words and its instants as such."""
    labels = dict(Verdict.choices)
    solutions = [
        one | {"verdict_label": labels.get(one["verdict"], one["verdict"]), "groups": _groups(one["sheet"])}
        for one in content["solutions"]
    ]
    return {
        "content": content,
        "locked_at": datetime.fromisoformat(content["locked_at"]),
        "solutions": solutions,
    }
