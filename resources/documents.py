from metropole.content.documents import register_content

from .models import ArticlePage, CallPage, EventPage, KitPage, PracticePage, ProgrammePage, ProjectPage


def register() -> None:
    """Has the resource centre's contents indexed."""
    for model in (ArticlePage, EventPage, KitPage, PracticePage, ProgrammePage):
        register_content(model)
    register_content(ProjectPage, lambda page: {"status": (page.stage,) if page.stage else ()})
    register_content(CallPage, opens_at="opens_at", closes_at="closes_at")
