"""What changes of a solution without its page being saved: signal receivers that have it indexed anew."""

from metropole.search.outbox import enqueue_page

from .models import Corroboration


def corroboration_changed(instance: Corroboration, **kwargs) -> None:
    """An authority confirms, or not any more."""
    enqueue_page(instance.claim.solution)
