"""What follows the publication of a sheet."""

from wagtail.models import Revision

from metropole.search.outbox import enqueue_page

from ..models import SolutionPage
from .claims import record_claims


def solution_published(sender: type, instance: SolutionPage, revision: Revision | None = None, **kwargs) -> None:
    """Signal receiver: who says what is noted when it is published."""
    record_claims(instance, revision)
    # What was confirmed is not any more where it has changed.
    enqueue_page(instance)
