"""Until when a sheet is up to date. It follows from dates alone: nothing is written when it ceases to be."""

import datetime as dt

from metropole.moderation import accuracy

from ..models import SolutionPage


def fresh_until(page: SolutionPage) -> dt.datetime | None:
    """The instant from which a published sheet has to be confirmed again; None where sheets are never asked about.

    Publication counts as a confirmation, that of a sheet drawn up by the editors as well.
    """
    return accuracy.due_at(page)
