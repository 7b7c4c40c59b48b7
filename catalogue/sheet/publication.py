"""What follows the publication of a sheet."""

from wagtail.models import Revision

from ..models import SolutionPage
from .claims import record_claims


def solution_published(sender: type, instance: SolutionPage, revision: Revision | None = None, **kwargs) -> None:
    """Signal receiver: who says what is noted when it is published."""
    record_claims(instance, revision)
