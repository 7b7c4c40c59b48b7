"""A sheet as schema.org says it, in its page: browsers run nothing of it, search engines read it."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from metropole.organisations.models import Organisation

from ..enums import PriceModel, SolutionKind
from ..models import SolutionPage

_TYPES = {
    SolutionKind.SOFTWARE: "SoftwareApplication",
    SolutionKind.AI: "SoftwareApplication",
    SolutionKind.SERVICE: "Service",
    SolutionKind.HARDWARE: "Product",
    SolutionKind.DATA: "Dataset",
}
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(page: SolutionPage) -> dict[str, Any]:
    """What is known, and nothing else."""
    kind = _TYPES[page.kind]
    known = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.language if kind == "Dataset" else "",
        "url": page.website or page.full_url,
        "mainEntityOfPage": page.full_url,
    } | (_of_software(page) if kind == "SoftwareApplication" else {})
    if page.publisher:
        known["provider" if kind == "Service" else "brand" if kind == "Product" else "publisher"] = _publisher(
            page.publisher
        )
    return {name: value for name, value in known.items() if value}


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that no text within can end the script of."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above


def _of_software(page: SolutionPage) -> dict[str, Any]:
    is_free = page.price_model == PriceModel.FREE
    return {
        "license": f"https://spdx.org/licenses/{page.spdx}"
        if page.spdx.replace("-", "").replace(".", "").isalnum()
        else "",
        "isAccessibleForFree": is_free,
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "EUR"} if is_free else {},
    }


def _publisher(organisation: Organisation) -> dict[str, str]:
    known = {"@type": "Organization", "name": str(organisation), "url": organisation.website}
    return {name: value for name, value in known.items() if value}
