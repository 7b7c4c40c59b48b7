from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("catalogue")

    def ready(self) -> None:
        from wagtail.signals import page_published

        from . import documents
        from .deployments import ready as deployments
        from .evaluations import ready as evaluations
        from .models import SolutionPage
        from .sheet import publication

        documents.register()
        deployments.register()
        evaluations.register()
        page_published.connect(publication.solution_published, sender=SolutionPage)
