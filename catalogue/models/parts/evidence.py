from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.lists import Column, RowsField


def evidence_choices() -> list[tuple[str, str]]:
    """What can be evidenced: the groups are read once all models are loaded."""
    from ...sheet.groups import evidence_choices

    return evidence_choices()


EVIDENCE = (
    Column("field", _("About"), "choice", required=True, codes=evidence_choices),
    Column("title", _("What it is"), required=True),
    Column("place", _("Link, or title of a file of this sheet"), required=True, longest=500),
    Column("date", _("Date"), "date"),
)


class EvidencePart(models.Model):
    """What backs the claims of the sheet."""

    evidence = RowsField(
        _("evidence"),
        columns=EVIDENCE,
        help_text=_("A certificate, a report, a published measure: a link, or a file that you add to this sheet."),
    )

    class Meta:
        abstract = True
