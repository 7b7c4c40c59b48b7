"""The English of the demonstration, recorded as translations that editors go on with in the admin."""

from collections.abc import Callable, Iterable
from pathlib import Path

from wagtail.models import Locale

from metropole.core.datafiles import DataFileError, read_yaml
from metropole.taxonomy.models import Programme, Tag, TagName
from metropole.translation.recording import UnevenPassagesError, record_translation

from . import schema
from .needs import translate_need
from .pages import PageWriter
from .presentations import translate_presentation

FOLDER = "english"
TAGS = "tags.yaml"
TRANSLATORS: dict[type[schema.Entry], Callable[[schema.Entry, schema.Wording], None]] = {
    schema.Need: translate_need,
    schema.Presentation: translate_presentation,
}
"""Of the entries that are no pages."""


def read_wordings(folder: Path, name: str, entries: Iterable[schema.Entry]) -> list[schema.Wording]:
    """The English of a data file; none where there is no such file. Raises ``DataFileError`` if it does not fit."""
    path = folder / FOLDER / name
    if not path.exists():
        return []
    return read_yaml(path, schema.Wording, {"entries": {entry.slug: entry for entry in entries}})


def save_wording(name: str, entry: schema.Entry, wording: schema.Wording, writer: PageWriter) -> None:
    """Records the English of an entry. Raises ``DataFileError`` where it does not run parallel to the French."""
    try:
        TRANSLATORS.get(type(entry), writer.translate)(entry, wording)
    except UnevenPassagesError as error:
        raise DataFileError(Path(FOLDER) / name, 1, f"{wording.of}: {error}") from error


def save_programme_name(category: Programme, entry: schema.Programme) -> None:
    """The name under which a programme is filed, in English."""
    english = Locale.objects.get(language_code="en")
    record_translation(category, Programme(name=entry.title, short_name=entry.short_name), english)


def save_tag_names(folder: Path) -> None:
    """What the tags are called in English."""
    english = Locale.objects.get(language_code="en")
    tags = Tag.objects.in_bulk(field_name="name")
    wordings = [entry for entry in read_yaml(folder / FOLDER / TAGS, schema.TagWording) if entry.tag in tags]
    TagName.objects.bulk_create(
        [TagName(tag=tags[wording.tag], locale=english, name=wording.name) for wording in wordings],
        update_conflicts=True,
        unique_fields=["tag", "locale"],
        update_fields=["name"],
    )
