from ..deployments.models import Deployment, DeploymentStage
from ..evaluations.models import EvaluationPage
from ..imports.models import ImportedSheet, SheetImport
from ..shortlists.models import Shortlist, ShortlistedSolution
from ..takeover.models import Takeover
from .claims import Claim, Corroboration
from .law import LegalDuty
from .solution import CatalogueIndexPage, SolutionPage

__all__ = [
    "CatalogueIndexPage",
    "Claim",
    "Corroboration",
    "Deployment",
    "DeploymentStage",
    "EvaluationPage",
    "ImportedSheet",
    "LegalDuty",
    "SheetImport",
    "Shortlist",
    "ShortlistedSolution",
    "SolutionPage",
    "Takeover",
]
