"""What the index knows of a published content: plain values, built by each app from its own models."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db.models import Model


@dataclass(frozen=True)
class Version:
    """What readers of one language read of a content."""

    title: str
    url: str
    summary: str = ""
    text: str = ""


@dataclass(frozen=True)
class Document:
    """One public content as search sees it. Facets hold direct values only: search adds what lies above them.

    ``language``, ``title``, ``url``, ``summary`` and ``text`` are the original's; ``versions`` holds its published
    translations. ``keywords`` are words by which it is found besides, in every language of the site: it is found by its
    subjects in all of them, translated or not. ``fresh_until``: until when it is up to date.
    """

    id: str
    type: str
    language: str
    title: str
    url: str
    summary: str = ""
    text: str = ""
    versions: Mapping[str, Version] = field(default_factory=dict)
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date: datetime.date | None = None
    opens_at: datetime.datetime | None = None
    closes_at: datetime.datetime | None = None
    fresh_until: datetime.datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()
    is_example: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which it is published, the original's first."""
        return (self.language, *self.versions)

    def version(self, language: str) -> Version:
        """What a reader of a language gets: the version in it, or else the original."""
        return self.versions.get(language) or Version(self.title, self.url, self.summary, self.text)

    def digest(self) -> str:
        """Differs when anything of the document differs."""
        return blake2b(repr(self).encode(), digest_size=8).hexdigest()


def document_id(instance: Model) -> str:
    """The identifier of an instance's document: ``app.model:pk``, of the specific class for a Wagtail page."""
    model = getattr(instance, "specific_class", None) or type(instance)
    return f"{model._meta.label_lower}:{instance.pk}"


def split_id(key: str) -> tuple[str, str]:
    """The model's label and the primary key in a document's identifier."""
    label, _, pk = key.partition(":")
    return label, pk
