from .claims import Claim, Corroboration
from .law import LegalDuty
from .solution import CatalogueIndexPage, SolutionPage

__all__ = ["CatalogueIndexPage", "Claim", "Corroboration", "LegalDuty", "SolutionPage"]
