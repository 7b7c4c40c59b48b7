"""What a receipt says, on the screen and as a PDF for the files of who has responded."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metropole.core.pdf import pdf_of

from ..models import Receipt
from .notices import name_of, said_at

Line = tuple[str, str, bool]
"""A label, what it says, and whether that is a hash."""


def lines_of(receipt: Receipt) -> list[Line]:
    """In the language in use."""
    response = receipt.response
    exactly = timezone.localtime(receipt.at).isoformat()
    hashes = [
        (_("SHA-256 of file %(number)s") % {"number": number}, digest, True)
        for number, digest in enumerate(receipt.files, start=1)
    ]
    return [
        (_("Number"), receipt.number, False),
        (_("What was done"), capfirst(receipt.get_kind_display()), False),
        (_("Need"), name_of(response.need, get_language()), False),
        (_("Organisation"), str(response.organisation), False),
        (_("Instant"), f"{said_at(receipt.at)} ({exactly})", False),
        (_("Version"), str(receipt.version), False),
        (_("SHA-256"), receipt.digest, True),
        *hashes,
    ]


def page(receipt: Receipt) -> str:
    context = {"receipt": receipt, "lines": lines_of(receipt), "language": get_language()}
    return render_to_string("responses/receipt_pdf.html", context)


def pdf(receipt: Receipt) -> bytes:
    return pdf_of(page(receipt))
