from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "metropole.board"
    label = "board"
    verbose_name = _("needs board")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_migrate, post_save

        from metropole.core.home import register_home_part
        from metropole.core.tracking import Tracked, track
        from metropole.core.xml_sitemap import register_public_addresses
        from metropole.moderation.reports import register_reportable

        from . import changes, documents, favourites, policy, ready, triggers  # noqa: F401 - rules register themselves
        from .home import open_needs
        from .models import NeedText
        from .reporting import find_need
        from .site_map import need_versions

        ready.register()
        documents.register()
        favourites.register()
        register_home_part("open_needs", open_needs)
        register_public_addresses(need_versions)
        register_reportable("need", find_need)
        track(Tracked(NeedText, changes.state_of_text, lambda text: [text.need.organisation]))
        for model in changes.FILED_UNDER:
            post_save.connect(changes.filing_changed, sender=model)
        for guard in (triggers.guard_events, triggers.guard_questions, triggers.guard_corrections):
            post_migrate.connect(guard, sender=self)
        for signal in (post_save, post_delete):
            signal.connect(changes.text_changed, sender=NeedText)
        post_save.connect(changes.original_changed, sender=NeedText)
