"""Keeps the index right: a solution is found by the words of its evaluations, and filed by their independence."""

from metropole.search.outbox import enqueue_page

from .models import EvaluationPage


def evaluation_changed(sender: type, instance: EvaluationPage, **kwargs) -> None:
    """Signal receiver: an evaluation was published, taken offline or deleted."""
    if instance.solution:
        enqueue_page(instance.solution)
