"""What needs that several authorities carry add to the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.core.profile import ProfilePart, register_profile_part
from metropole.core.workspace import Part, Screen, register_part, register_screen

from ..parts import NeedPart, register_need_part
from . import amendments, merging, notices, personal_data, policy, sourcing, transitions  # noqa: F401 - rules register
from .display import carriers_of, interests_in
from .parts import carrying_part
from .profile import needs_of
from .workspace import waiting_count, waiting_part


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    personal_data.register()
    register_need_part(NeedPart("body", "sharing/_carriers.html", carriers_of, 500))
    register_need_part(NeedPart("body", "sharing/_interests.html", interests_in, 510))
    register_need_part(NeedPart("workspace", "sharing/_workspace.html", carrying_part, 500))
    register_screen(Screen(_("Shared needs"), "sharing:shared", 262, waiting_count))
    register_part(Part("sharing/_waiting.html", waiting_part, 140))
    register_profile_part(ProfilePart("sharing/_of_organisation.html", needs_of, 90))
