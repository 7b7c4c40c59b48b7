"""What evaluations add to the rest of the site when it starts."""

from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from . import contributions
from .changes import evaluation_changed
from .models import EvaluationPage


def register() -> None:
    """From ``AppConfig.ready()``."""
    contributions.register()
    for signal in (page_published, page_unpublished, post_delete):
        signal.connect(evaluation_changed, sender=EvaluationPage)
