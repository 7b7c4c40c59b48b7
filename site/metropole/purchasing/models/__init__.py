from .checklist import ChecklistEntry
from .group import GroupMember, PurchasingGroup
from .interest import Interest
from .message import Message
from .presentation import Presentation, PresentedSolution

__all__ = [
    "ChecklistEntry",
    "GroupMember",
    "Interest",
    "Message",
    "Presentation",
    "PresentedSolution",
    "PurchasingGroup",
]
