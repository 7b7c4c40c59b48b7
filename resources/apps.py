from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

RESOURCE_TYPES = ("practice", "project", "kit", "article", "programme", "call", "event")
"""The kinds of content of the resource centre, in the order in which they are offered."""


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = _("resources")

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from metropole.core.home import register_home_part

        from . import contributions, documents
        from .home import home_figures
        from .models import FeedbackPage

        documents.register()
        contributions.register()
        register_home_part("figures", home_figures)
        for signal in (page_published, page_unpublished):
            signal.connect(documents.feedback_changed, sender=FeedbackPage)
