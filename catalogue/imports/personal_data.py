"""Who brought a file of sheets."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import SheetImport


def register() -> None:
    register_personal_data(
        PersonalData(
            name="sheet_imports",
            label=_("The files of sheets that you imported"),
            purpose=_("To know who brought what into the catalogue, and to be able to undo it."),
            kept=_("As long as the catalogue; without your name once your account is closed."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> list[dict[str, Any]]:
    return list(SheetImport.objects.filter(person=person).values("file_name", "state", "made_at", "applied_at"))


def _erase(person: AbstractUser) -> None:
    SheetImport.objects.filter(person=person).update(person=None)
