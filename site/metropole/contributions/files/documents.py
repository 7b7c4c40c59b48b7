"""The files of a contribution as Wagtail's documents: from its sending on, for everybody once the page is published."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from ..enums import ScanState
from ..models import ContributedFile, Contribution
from .antivirus import scan
from .check import CheckedFile
from .refusal import FileRefusedError

MOST_FILES = 20


def add_file(contribution: Contribution, file: ContributedFile, given: CheckedFile) -> None:
    """Keeps a file that was checked. Raises FileRefusedError if there are too many, or for the antivirus."""
    if contribution.files.filter(is_removed=False).count() >= MOST_FILES:
        raise FileRefusedError(_("There are %(most)d files already: take one away first.") % {"most": MOST_FILES})
    state = scan(given.content)
    if state == ScanState.INFECTED:
        raise FileRefusedError(_("The antivirus refuses this file."))
    given.content.seek(0)
    file.contribution, file.scan = contribution, state
    file.name, file.content_type, file.size = given.name, given.format.content_type, given.content.size
    file.file.save(given.name, File(given.content), save=False)
    stored = file.file
    try:
        with transaction.atomic():
            file.save()
    except Exception:
        stored.storage.delete(stored.name)
        raise


def take_away(file: ContributedFile) -> None:
    """At once if nobody else has seen it; else with the next version of the page."""
    if file.document_id is None:
        file.delete()
    else:
        file.is_removed = True
        file.save(update_fields=["is_removed"])


def publish_files(contribution: Contribution, person: AbstractUser) -> tuple[list[ContributedFile], set[int]]:
    """Makes a document of each file, for the page to hold; and the documents that it already was for this page."""
    own = set(contribution.files.exclude(document=None).values_list("document_id", flat=True))
    files = list(contribution.files.filter(is_removed=False))
    for file in files:
        if file.document_id is None:
            file.document = _document(file, person)
            file.save(update_fields=["document"])
    return files, own


def _document(file: ContributedFile, person: AbstractUser) -> models.Model:
    document = get_document_model()(title=file.title, file=file.file.name, uploaded_by_user=person)
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    return document


def page_published(sender: type, instance: Page, **kwargs: Any) -> None:
    """Signal receiver: what the page holds now, everybody may read; what it holds no more is thrown away."""
    from ..kinds import kind_of

    contribution = Contribution.objects.filter(page=instance.pk).first()
    place = kind_of(contribution).files if contribution else None
    if place is None:
        return
    held = place.attached(instance)
    files = contribution.files.exclude(document=None)
    files.filter(document__in=held).update(is_public=True)
    files.exclude(document__in=held).update(is_public=False)
    for file in files.exclude(document__in=held).filter(is_removed=True):
        file.delete()


def page_unpublished(sender: type, instance: Page, **kwargs: Any) -> None:
    """Signal receiver."""
    ContributedFile.objects.filter(contribution__page=instance.pk).update(is_public=False)


def file_deleted(sender: type, instance: ContributedFile, **kwargs: Any) -> None:
    """Signal receiver: its document goes with it, and what lies on the disk once nothing can be undone."""
    document, file = instance.document, instance.file
    if document is not None:
        transaction.on_commit(lambda: _delete_document(document))
    elif file:
        transaction.on_commit(lambda: file.storage.delete(file.name))


def _delete_document(document: models.Model) -> None:
    """Unless an editor has put it on another page."""
    try:
        document.delete()
    except models.ProtectedError:
        return


def document_deleted(sender: type, instance: models.Model, **kwargs: Any) -> None:
    """Signal receiver: an editor has deleted the document, and Wagtail its file."""
    ContributedFile.objects.filter(document=None, file=instance.file.name).delete()
