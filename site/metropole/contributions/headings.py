"""What a contribution is called wherever it is named."""

from django.conf import settings
from django.utils.translation import gettext as _

from metropole.core.typography import typeset

from .kinds import Kind
from .models import Contribution


def heading(contribution: Contribution, kind: Kind) -> str:
    if contribution.about_id:
        return _("%(kind)s: “%(title)s”") % {"kind": kind.label, "title": contribution.about.title}
    title = contribution.title or (contribution.page.title if contribution.page else "")
    return typeset(title, settings.LANGUAGE_CODE) or _("Untitled (%(kind)s)") % {"kind": str(kind.label).lower()}
