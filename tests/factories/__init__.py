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
from .needs import NeedFactory, NeedTextFactory, language
from .people import MembershipFactory, UserFactory

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
    "ProgrammeFactory",
    "ProgrammePageFactory",
    "ProjectPageFactory",
    "SolutionPageFactory",
    "ThemeFactory",
    "UserFactory",
    "language",
]
