"""How a comparison is asked for, from lists of solutions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.search.listing import Choice

PARAMETER = "solution"
FEWEST, MOST = 2, 4


def comparing() -> Choice:
    """Solutions of a list, ticked to be compared."""
    label = _("Compare the ticked solutions (%(fewest)d to %(most)d)") % {"fewest": FEWEST, "most": MOST}
    return Choice(reverse("catalogue:compare"), PARAMETER, label, _("Compare"))
