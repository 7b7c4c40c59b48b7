"""Loads the themes, in French and English, and the first synonyms."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from pydantic import BaseModel, Field
from wagtail.models import Locale

from metropole.core.datafiles import read_yaml

from .models import SynonymGroup, Theme

DATA = Path(__file__).parent / "data"


class Worksite(BaseModel):
    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    fr: str = Field(min_length=2, max_length=120)
    en: str = Field(min_length=2, max_length=120)


class Challenge(Worksite):
    worksites: list[Worksite]


class Synonyms(BaseModel):
    terms: list[str] = Field(min_length=2)


def load_taxonomy(folder: Path = DATA) -> int:
    """Writes the themes and synonyms, updating what is there; returns the number of themes.

    Raises ``DataFileError`` and changes nothing if a file does not fit.
    """
    challenges = read_yaml(folder / "themes.yaml", Challenge)
    synonyms = read_yaml(folder / "synonyms.yaml", Synonyms)
    with transaction.atomic():
        for language in ("fr", "en"):
            _save_themes(challenges, Locale.objects.get_or_create(language_code=language)[0])
        for group in synonyms:
            SynonymGroup.objects.get_or_create(terms="\n".join(group.terms))
    return Theme.objects.canonical().count()


def _save_themes(challenges: list[Challenge], locale: Locale) -> None:
    for position, challenge in enumerate(challenges):
        parent = _save_theme(challenge, locale, position, None)
        for rank, worksite in enumerate(challenge.worksites):
            _save_theme(worksite, locale, rank, parent)


def _save_theme(entry: Worksite, locale: Locale, position: int, parent: Theme | None) -> Theme:
    return Theme.objects.update_or_create(
        slug=entry.slug,
        locale=locale,
        defaults={
            "name": getattr(entry, locale.language_code),
            "parent": parent,
            "position": position,
            # The same theme in another language is the same slug: its translation key follows from it.
            "translation_key": uuid5(NAMESPACE_URL, f"theme:{entry.slug}"),
        },
    )[0]
