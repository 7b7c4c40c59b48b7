"""A receipt as a PDF, for the files of who has responded."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from metropole.core.pdf import pdf_of

from ..models import Receipt
from .notices import name_of


def page(receipt: Receipt) -> str:
    """In the language in use."""
    language = get_language()
    context = {
        "receipt": receipt,
        "need_name": name_of(receipt.response.need, language),
        "organisation": receipt.response.organisation,
        "language": language,
    }
    return render_to_string("responses/receipt_pdf.html", context)


def pdf(receipt: Receipt) -> bytes:
    return pdf_of(page(receipt))
