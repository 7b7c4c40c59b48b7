"""The sheet of a solution as its carrier writes it: the groups of the sheet are the steps of the form."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from metropole.contributions.kinds import Kind, Step, register_kind
from metropole.contributions.models import Contribution
from metropole.organisations.enums import CARRIER_KINDS

from .enums import Origin
from .models import SolutionPage
from .sheet.groups import ESSENTIAL, GROUPS, Group
from .sheet.rules import contradictions, refusals

PUBLISHER = "publisher"
"""Not asked: whoever contributes a sheet is its publisher."""


def register() -> None:
    register_kind(
        Kind(
            "solution",
            SolutionPage,
            _("Solution"),
            _("the sheet of an AI or digital solution that your organisation makes or sells"),
            (
                Step(
                    _("What it is"),
                    ("title", "summary", "territories", "themes", "tags"),
                    required=("themes",),
                    intro=_("An agent of a town must see at once what it is for."),
                ),
                *(_step(group) for group in GROUPS),
                Step(
                    _("Evidence and further text"),
                    ("evidence", "body"),
                    intro=_("Whatever is evidenced here is shown as such. Files are added in the next step."),
                ),
            ),
            for_organisations=CARRIER_KINDS,
            prepare=_prepare,
            refusals=_refusals,
        )
    )


def _step(group: Group) -> Step:
    fields = tuple(name for name in group.fields if name != PUBLISHER)
    return Step(group.label, fields, tuple(name for name in fields if name in ESSENTIAL), group.intro)


def _prepare(page: SolutionPage, contribution: Contribution) -> None:
    page.origin, page.publisher = Origin.PUBLISHER, contribution.organisation


def _refusals(page: SolutionPage, contribution: Contribution) -> Mapping[str, str]:
    """Its files are not the page's before it is sent."""
    own = list(contribution.files.all())
    titles = set(page.files_by_title()) - {file.title for file in own if file.is_removed}
    titles |= {file.title for file in own if not file.is_removed}
    return contradictions(page) | refusals(page, titles)
