from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("catalogue")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published

        from metropole.moderation.models import AccuracyPeriod, Confirmation

        from . import changes, contributions, documents, vocabulary
        from .corroboration import ready as corroboration
        from .deployments import ready as deployments
        from .evaluations import ready as evaluations
        from .imports import ready as imports
        from .models import Corroboration, SolutionPage
        from .sheet import publication
        from .shortlists import ready as shortlists
        from .takeover import ready as takeover

        for part in (documents, vocabulary, contributions, takeover, corroboration, deployments, evaluations, imports):
            part.register()
        shortlists.register(self)
        page_published.connect(publication.solution_published, sender=SolutionPage)
        post_save.connect(publication.solution_confirmed, sender=Confirmation)
        post_save.connect(publication.period_changed, sender=AccuracyPeriod)
        for signal in (post_save, post_delete):
            signal.connect(changes.corroboration_changed, sender=Corroboration)
