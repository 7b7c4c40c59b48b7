"""The texts to agree to, as examples that say so themselves: the Métropole's own are not published."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from pydantic import BaseModel, ConfigDict

from metropole.organisations.enums import LegalKind
from metropole.organisations.models import LegalText


class LegalEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: LegalKind
    effective_on: dt.date
    text_fr: str
    text_en: str


def save_legal_texts(entries: Iterable[LegalEntry]) -> None:
    """Writes the first version of each; what is in force is left as it is."""
    for entry in entries:
        if not LegalText.objects.filter(kind=entry.kind).exists():
            at = timezone.make_aware(dt.datetime.combine(entry.effective_on, dt.time()))
            LegalText.objects.create(kind=entry.kind, effective_at=at, text_fr=entry.text_fr, text_en=entry.text_en)
