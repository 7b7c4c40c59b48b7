"""The sourcing report: a PDF that screen readers can read (PDF/UA), made of the copy alone, without any network."""

import logging
from datetime import datetime
from types import ModuleType

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import ImageFile

from .enums import Verdict
from .models import Shortlist

logger = logging.getLogger(__name__)
VARIANT = "pdf/ua-1"


def trouble() -> str:
    """Why no PDF can be made on this machine; "" where one can."""
    try:
        # It needs libraries of the system, which a machine may lack.
        _weasyprint()
    except (ImportError, OSError):
        logger.exception("Pango is missing: no PDF can be made (README, “PDF reports”).")
        return _("This server cannot make PDF files for now: a library is missing. The other formats say the same.")
    return ""


def pdf(shortlist: Shortlist) -> bytes:
    weasyprint = _weasyprint()
    # It is made of itself: nothing is fetched, from this machine or another.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    return weasyprint.HTML(string=page(shortlist), url_fetcher=nothing).write_pdf(pdf_variant=VARIANT)


def _weasyprint() -> ModuleType:
    import weasyprint

    # It has Pillow take damaged images for the whole process, and so the site's own check of what people send.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


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
