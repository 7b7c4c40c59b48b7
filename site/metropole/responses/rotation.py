"""Seals everything anew with the first key, so that older ones can be taken away."""

from collections.abc import Iterator

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction

from .models import ResponseFile
from .sealing import resealed


def count() -> int:
    """How many rows and files there are to seal anew."""
    return sum(model.objects.count() for model, _columns in _sealed_columns()) + ResponseFile.objects.count()


def rotate() -> Iterator[object]:
    """Seals one row or file after the other, and gives its key. Safe to stop, and to run again.

    Raises UnreadableError at the first that no key opens.
    """
    for model, columns in _sealed_columns():
        for key in list(model.objects.values_list("pk", flat=True)):
            _rotate_row(model, columns, key)
            yield key
    for key in list(ResponseFile.objects.values_list("pk", flat=True)):
        _rotate_file(key)
        yield key


def _sealed_columns() -> list[tuple[type[models.Model], list[str]]]:
    """All that this app keeps as bytes is sealed."""
    found = (
        (model, [field.name for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)])
        for model in apps.get_app_config("responses").get_models()
    )
    return [(model, columns) for model, columns in found if columns]


@transaction.atomic
def _rotate_row(model: type[models.Model], columns: list[str], key: object) -> None:
    row = model.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return
    held = [column for column in columns if getattr(row, column)]
    for column in held:
        setattr(row, column, resealed(getattr(row, column)))
    if held:
        row.save(update_fields=held)


@transaction.atomic
def _rotate_file(key: object) -> None:
    """Under a new name: whatever happens meanwhile, the row speaks of a file that is whole."""
    row = ResponseFile.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return
    storage, former = row.file.storage, row.file.name
    with row.file.open("rb") as sealed:
        content = resealed(sealed.read())
    row.file.save("sealed", ContentFile(content), save=False)
    row.save(update_fields=["file"])
    transaction.on_commit(lambda: storage.delete(former))
