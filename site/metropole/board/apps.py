from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "metropole.board"
    label = "board"
    verbose_name = _("needs board")

    def ready(self) -> None:
        from . import documents

        documents.register()
