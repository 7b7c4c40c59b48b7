"""What the writing of needs adds to the site when it starts."""

from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from metropole.core.beats import register_beat
from metropole.core.workspace import Beginning, register_beginning
from metropole.organisations.departure import register_departure_check

from ..models import NeedFile
from ..parts import NeedPart, register_need_part
from . import parts, personal_data, upkeep
from .forms import beginning
from .handover import drafts_in_hand
from .services import file_deleted

_MINUTE, _DAY = 60, 24 * 3600


def register() -> None:
    """From ``AppConfig.ready()``."""
    explanation = _("What your authority looks for: alone or with others, for companies to respond.")
    register_beginning(
        Beginning(_("Post a need"), explanation, "drafting:begin", 70, lambda person: beginning(person).exists())
    )
    register_need_part(NeedPart("workspace", "drafting/_writing.html", parts.writing, 100))
    register_need_part(NeedPart("side", "drafting/_kinship.html", parts.kinship, 800))
    register_departure_check(drafts_in_hand)
    personal_data.register()
    register_beat("needs: antivirus", 5 * _MINUTE, upkeep.scan_waiting_files)
    register_beat("needs: orphan files", _DAY, upkeep.sweep_orphans)
    post_delete.connect(file_deleted, sender=NeedFile)
