"""Loads the legal duties as they were when the data file was written. What editors have is left as they have it."""

import datetime as dt
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from pydantic import BaseModel, Field
from wagtail.models import Locale

from metropole.core.datafiles import read_yaml

from ..enums import DutyGround
from ..models import LegalDuty

DATA = Path(__file__).parent / "data"


class Words(BaseModel):
    title: str = Field(min_length=5, max_length=200)
    text: str = Field(min_length=10, max_length=600)
    article: str = Field(min_length=3, max_length=150)
    note: str = Field("", max_length=300)


class Entry(BaseModel):
    code: str = Field(pattern=r"^[a-z0-9-]+$")
    ground: DutyGround
    applies_from: dt.date
    source_url: str = Field(pattern=r"^https://")
    checked_on: dt.date | None = None
    fr: Words
    en: Words


@transaction.atomic
def load_law(folder: Path = DATA) -> int:
    """Adds the duties that are not there; gives how many. Raises ``DataFileError`` and changes nothing."""
    added = 0
    for entry in read_yaml(folder / "duties.yaml", Entry):
        for language in ("fr", "en"):
            locale, _is_new = Locale.objects.get_or_create(language_code=language)
            facts = {
                "ground": entry.ground,
                "applies_from": entry.applies_from,
                "source_url": entry.source_url,
                "checked_on": entry.checked_on,
                # The same duty in another language is the same code: its translation key follows from it.
                "translation_key": uuid5(NAMESPACE_URL, f"legal-duty:{entry.code}"),
                **getattr(entry, language).model_dump(),
            }
            added += LegalDuty.objects.get_or_create(code=entry.code, locale=locale, defaults=facts)[1]
    return added
