from .claims import Claim, Corroboration
from .solution import CatalogueIndexPage, SolutionPage

__all__ = ["CatalogueIndexPage", "Claim", "Corroboration", "SolutionPage"]
