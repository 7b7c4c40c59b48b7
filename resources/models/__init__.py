from .calls import CallPage, EventPage
from .knowledge import ArticlePage, KitDocument, KitPage, PracticePage, ResourceIndexPage
from .programmes import ProgrammeFigure, ProgrammePage
from .projects import ProjectPage

__all__ = [
    "ArticlePage",
    "CallPage",
    "EventPage",
    "KitDocument",
    "KitPage",
    "PracticePage",
    "ProgrammeFigure",
    "ProgrammePage",
    "ProjectPage",
    "ResourceIndexPage",
]
