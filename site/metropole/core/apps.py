from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "metropole.core"
    label = "core"
    verbose_name = _("core")

    def ready(self) -> None:
        from django.core.signals import request_started
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
        from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from .beats import register_beat
        from .collation import teach_sqlite
        from .health import database_state, register_component
        from .heartbeat import forget_old_heartbeats
        from .languages import create_locales, forget_languages
        from .navigation import forget_menus
        from .task_queue import requeue_lost_tasks, worker_state
        from .tracking import about_to_change, complete, created, forget_changes
        from .xml_sitemap import page_versions, register_public_addresses, view_versions

        connection_created.connect(teach_sqlite)
        register_component("database", database_state)
        register_component("worker", worker_state)
        register_beat("lost tasks", 30, requeue_lost_tasks)
        register_beat("old heartbeats", 3600, forget_old_heartbeats)
        post_migrate.connect(create_locales, sender=self)
        register_public_addresses(page_versions)
        register_public_addresses(view_versions)
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(forget_menus)
        post_delete.connect(forget_menus, sender=Page)
        for signal in (post_save, post_delete):
            signal.connect(forget_languages, sender=Locale)
        pre_save.connect(about_to_change)
        post_save.connect(created)
        for log in (PageLogEntry, ModelLogEntry):
            pre_save.connect(complete, sender=log)
        request_started.connect(forget_changes)
