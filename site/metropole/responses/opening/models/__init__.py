from .conclusions import Conclusion, FollowUp
from .exchanges import Exchange, ExchangeAnswer
from .openings import Declaration, Opening
from .readings import Note, Opinion, Reading

__all__ = [
    "Conclusion",
    "Declaration",
    "Exchange",
    "ExchangeAnswer",
    "FollowUp",
    "Note",
    "Opening",
    "Opinion",
    "Reading",
]
