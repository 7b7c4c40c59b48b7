"""Builders of test objects, one module per app; traits name the states that matter."""

from .content import (
    ArticlePageFactory,
    CallPageFactory,
    EventPageFactory,
    KitPageFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
)
from .filing import (
    CommuneFactory,
    EptFactory,
    MetropoleFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ThemeFactory,
)
from .needs import NeedFactory, NeedTextFactory, language, working_hour
from .people import MembershipFactory, UserFactory
from .purchasing import PresentationFactory
from .responses import ResponseFactory
from .thresholds import ThresholdFactory

__all__ = [
    "ArticlePageFactory",
    "CallPageFactory",
    "CommuneFactory",
    "EptFactory",
    "EventPageFactory",
    "KitPageFactory",
    "MembershipFactory",
    "MetropoleFactory",
    "NeedFactory",
    "NeedTextFactory",
    "OrganisationFactory",
    "PracticePageFactory",
    "PresentationFactory",
    "ProgrammeFactory",
    "ProgrammePageFactory",
    "ProjectPageFactory",
    "ResponseFactory",
    "SolutionPageFactory",
    "ThemeFactory",
    "ThresholdFactory",
    "UserFactory",
    "language",
    "working_hour",
]
