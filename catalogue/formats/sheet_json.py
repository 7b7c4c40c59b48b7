from typing import Any

from django.http import HttpRequest

from metropole.organisations.models import Organisation

from ..sheet.groups import field_label
from .records import ClaimRecord, SheetRecord
from .values import said


def sheet_json(record: SheetRecord, request: HttpRequest) -> dict[str, Any]:
    """A sheet as the API gives it; what an import reads is made so as well."""
    page = record.page
    return {
        "slug": page.slug,
        "language": page.language,
        "title": page.title,
        "summary": page.summary,
        "url": page.get_full_url(request),
        "origin": page.origin,
        "published_at": page.last_published_at,
        "licence": page.licence,
        "source": page.source,
        "source_url": page.source_url,
        "themes": [theme.slug for theme in page.themes.all()],
        "territories": [territory.slug for territory in page.territories.all()],
        "completeness": {"filled": record.completeness.filled, "applicable": record.completeness.applicable},
        "publisher_siren": (page.publisher and page.publisher.siren) or "",
        "fields": {
            name: {
                "label": field_label(name),
                "value": claim.value,
                "text": said(page, name),
                **_standing(claim, request),
            }
            for name, claim in record.claims.items()
        },
        "qualities": {quality: _standing(claim, request) for quality, claim in record.qualities.items()},
        "evidence": page.evidence,
    }


def _standing(claim: ClaimRecord, request: HttpRequest) -> dict[str, Any]:
    standing = claim.standing
    return {
        "level": claim.level or None,
        "said_by": _organisation(standing.said_by) if standing and standing.said_by else None,
        "said_at": standing and standing.said_at,
        "confirmed_by": [_organisation(one) for one in standing.confirmed_by] if standing else [],
        "evidence": [
            {
                "title": proof.title,
                "url": request.build_absolute_uri(proof.url) if proof.url else "",
                "date": proof.day,
            }
            for proof in claim.evidence
        ],
    }


def _organisation(organisation: Organisation) -> dict[str, str]:
    return {"slug": organisation.slug, "name": organisation.name}
