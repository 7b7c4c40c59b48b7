"""What follows the publication of a sheet, and its confirmation."""

from wagtail.models import Revision

from metropole.moderation.models import AccuracyPeriod, Confirmation
from metropole.search.outbox import enqueue_page, enqueue_pages

from ..models import SolutionPage
from .claims import record_claims


def solution_published(sender: type, instance: SolutionPage, revision: Revision | None = None, **kwargs) -> None:
    """Signal receiver: who says what is noted when it is published."""
    record_claims(instance, revision)
    # What was confirmed is not any more where it has changed.
    enqueue_page(instance)


def solution_confirmed(sender: type, instance: Confirmation, **kwargs) -> None:
    """Signal receiver: a sheet that was confirmed is up to date for longer, in all languages."""
    enqueue_pages(SolutionPage.objects.live().filter(translation_key=instance.page.translation_key))


def period_changed(sender: type, instance: AccuracyPeriod, **kwargs) -> None:
    """Signal receiver: all sheets are up to date for a longer or a shorter time."""
    if instance.kind == SolutionPage.content_type_name:
        enqueue_pages(SolutionPage.objects.live())
