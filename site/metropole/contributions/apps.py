from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

_MINUTE, _DAY = 60, 24 * 3600


class ContributionsConfig(AppConfig):
    name = "metropole.contributions"
    label = "contributions"
    verbose_name = _("contributions")

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.signals import page_published, page_unpublished

        from metropole.core.beats import register_beat
        from metropole.core.workspace import Beginning, Part, Screen, register_beginning, register_part, register_screen
        from metropole.moderation.editing import register_editing
        from metropole.organisations.departure import register_departure_check
        from metropole.organisations.enums import Right
        from metropole.organisations.models import Organisation

        from . import personal_data, policy, services, transitions  # noqa: F401 - rules and actions register themselves
        from .files import documents, upkeep
        from .handover import drafts_in_hand
        from .home import latest_contributions
        from .kinds import editing_route
        from .models import ContributedFile

        services.register_actions()
        personal_data.register()
        register_screen(Screen(_("My contributions"), "contributions:index", order=200))
        register_beginning(
            Beginning(
                _("Share something new"),
                _("A practice, a project, a kit or an article of your organisation."),
                "contributions:new",
                50,
                lambda person: Organisation.objects.of(person, Right.CONTRIBUTES).verified().exists(),
            )
        )
        register_part(Part("contributions/_latest.html", latest_contributions, 200))
        register_departure_check(drafts_in_hand)
        register_editing(editing_route)
        register_beat("contributions: antivirus", 5 * _MINUTE, upkeep.scan_waiting_files)
        register_beat("contributions: orphan files", _DAY, upkeep.sweep_orphans)
        page_published.connect(documents.page_published)
        page_unpublished.connect(documents.page_unpublished)
        post_delete.connect(documents.file_deleted, sender=ContributedFile)
        post_delete.connect(documents.document_deleted, sender=get_document_model())
