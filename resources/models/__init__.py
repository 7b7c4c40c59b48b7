from .calls import CallPage, EventPage
from .knowledge import ArticlePage, FeedbackPage, KitDocument, KitPage, PracticePage, ResourceIndexPage
from .programmes import ProgrammeFigure, ProgrammePage
from .projects import ProjectPage

__all__ = [
    "ArticlePage",
    "CallPage",
    "EventPage",
    "FeedbackPage",
    "KitDocument",
    "KitPage",
    "PracticePage",
    "ProgrammeFigure",
    "ProgrammePage",
    "ProjectPage",
    "ResourceIndexPage",
]
