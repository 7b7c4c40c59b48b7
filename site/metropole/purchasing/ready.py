"""What purchasing groups add to the site when it starts.

Presentations are not in the search index: a handful a year, which lead to sheets that are.
"""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from catalogue.sheet.parts import SheetPart, register_sheet_part
from metropole.content.reading import register_reading
from metropole.core.profile import ProfilePart, register_profile_part
from metropole.core.tracking import Tracked, track
from metropole.core.workspace import Part, Screen, register_part, register_screen
from metropole.core.xml_sitemap import register_public_addresses

from . import notices, personal_data, policy  # noqa: F401 - rules register themselves
from .models import Presentation
from .profile import groups_of_organisation
from .sheet import presented_in, with_presentations
from .site_map import purchase_versions
from .transitions import register_actions
from .triggers import guard_checklist
from .workspace import waiting_count, waiting_part


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_actions()
    notices.register()
    personal_data.register()
    register_screen(Screen(_("Purchasing groups"), "purchasing:mine", 265, waiting_count))
    register_part(Part("purchasing/_waiting.html", waiting_part, 160))
    register_profile_part(ProfilePart("purchasing/_of_organisation.html", groups_of_organisation, 120))
    register_reading(with_presentations)
    register_sheet_part(SheetPart("purchasing/_on_sheet.html", presented_in, 100))
    register_public_addresses(purchase_versions)
    track(Tracked(Presentation))
    post_migrate.connect(guard_checklist, sender=apps.get_app_config("purchasing"))
