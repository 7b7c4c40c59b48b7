from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("catalogue")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published

        from . import changes, documents, vocabulary
        from .deployments import ready as deployments
        from .evaluations import ready as evaluations
        from .imports import ready as imports
        from .models import Corroboration, SolutionPage
        from .sheet import publication
        from .shortlists import ready as shortlists

        documents.register()
        vocabulary.register()
        deployments.register()
        evaluations.register()
        imports.register()
        shortlists.register(self)
        page_published.connect(publication.solution_published, sender=SolutionPage)
        for signal in (post_save, post_delete):
            signal.connect(changes.corroboration_changed, sender=Corroboration)
