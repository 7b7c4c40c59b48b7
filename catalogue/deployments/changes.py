"""Keeps the index right: a solution is filed under where it is used, and how far."""

from metropole.search.outbox import enqueue_page

from .models import Deployment


def deployment_changed(sender: type, instance: Deployment, **kwargs) -> None:
    """Signal receiver: a deployment was saved or deleted."""
    enqueue_page(instance.solution)
