from .carriers import CoCarrier, Interest
from .files import NeedFile
from .followings import Following
from .history import Amendment, NeedEvent
from .index import BoardIndexPage
from .joint import Deliberation, JointPurchase
from .need import Need, TaggedNeed
from .questions import Question
from .text import NeedText
from .thresholds import Threshold
from .watches import Watch

__all__ = [
    "Amendment",
    "BoardIndexPage",
    "CoCarrier",
    "Deliberation",
    "Following",
    "Interest",
    "JointPurchase",
    "Need",
    "NeedEvent",
    "NeedFile",
    "NeedText",
    "Question",
    "TaggedNeed",
    "Threshold",
    "Watch",
]
