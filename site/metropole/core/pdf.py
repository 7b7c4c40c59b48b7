"""PDF files that screen readers can read (PDF/UA), made of a page alone, without any network."""

import logging
from types import ModuleType

from django.utils.translation import gettext as _
from PIL import ImageFile

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


def pdf_of(html: str) -> bytes:
    weasyprint = _weasyprint()
    # It is made of itself: nothing is fetched, from this machine or another.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    return weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(pdf_variant=VARIANT)


def _weasyprint() -> ModuleType:
    import weasyprint

    # It has Pillow take damaged images for the whole process, and so the site's own check of what people send.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint
