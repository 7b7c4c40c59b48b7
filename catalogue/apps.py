from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("catalogue")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from . import documents
        from .models import SolutionPage
        from .sheet import publication

        documents.register()
        page_published.connect(publication.solution_published, sender=SolutionPage)
