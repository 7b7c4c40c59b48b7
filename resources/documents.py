from metropole.content.documents import register_content
from metropole.search.outbox import enqueue_page

from .models import ArticlePage, CallPage, EventPage, FeedbackPage, KitPage, PracticePage, ProgrammePage, ProjectPage


def feedback_changed(sender: type, instance: FeedbackPage, **kwargs) -> None:
    """Signal receiver: a practice is found by the words that others have added to it."""
    if instance.practice:
        enqueue_page(instance.practice)


def register() -> None:
    """Has the resource centre's contents indexed."""
    for model in (ArticlePage, EventPage, KitPage, PracticePage, ProgrammePage):
        register_content(model)
    register_content(ProjectPage, lambda page: {"status": (page.stage,) if page.stage else ()})
    register_content(CallPage, opens_at="opens_at", closes_at="closes_at")
