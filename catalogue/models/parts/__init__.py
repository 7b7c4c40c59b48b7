"""The fields of a sheet, part by part. What each part holds is said in the catalogue's groups (``catalogue.sheet``)."""

from .ai import AiPart
from .data import DataPart
from .evidence import EvidencePart
from .hosting import HostingPart
from .quality import QualityPart
from .terms import TermsPart
from .use import UsePart

__all__ = ["AiPart", "DataPart", "EvidencePart", "HostingPart", "QualityPart", "TermsPart", "UsePart"]
