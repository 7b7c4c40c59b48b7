"""What purchasing groups add to the site when it starts."""

from django.apps import apps
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _

from catalogue.sheet.parts import SheetPart, register_sheet_part
from metropole.content.reading import register_reading
from metropole.core.beats import register_beat
from metropole.core.profile import ProfilePart, register_profile_part
from metropole.core.tracking import Tracked, track
from metropole.core.workspace import Part, Screen, register_part, register_screen
from metropole.core.xml_sitemap import register_public_addresses
from metropole.moderation.queue import Source, register_queue

from . import documents, notices, personal_data, policy, queue  # noqa: F401 - rules register themselves
from .models import Presentation, PresentedSolution
from .profile import groups_of_organisation
from .sheet import presented_in, with_presentations
from .site_map import purchase_versions
from .transitions import register_actions
from .triggers import guard_checklist
from .workspace import waiting_count, waiting_part

_TEN_MINUTES = 600


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_actions()
    register_queue(Source("reported messages", queue.rows, queue.count))
    _register_documents()
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


def _register_documents() -> None:
    documents.register()
    register_beat("presentations: search", _TEN_MINUTES, documents.index_the_newly_published)
    for model in documents.FILED_UNDER:
        post_save.connect(documents.filing_changed, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(documents.words_changed, sender=Presentation)
        signal.connect(documents.solutions_changed, sender=PresentedSolution)
