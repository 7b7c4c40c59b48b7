from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupState(models.TextChoices):
    """Where a purchasing group stands."""

    FORMING = "forming", _("forming")
    CONSTITUTED = "constituted", _("constituted: the convention is signed")
    CONSULTING = "consulting", _("official consultation or purchase under way")
    ENDED = "ended", _("ended")
    GIVEN_UP = "given_up", _("given up")


OVER = (GroupState.ENDED, GroupState.GIVEN_UP)
"""Nothing changes any more."""
BOUND = (GroupState.CONSTITUTED, GroupState.CONSULTING)
"""Its members have signed: who they are is settled by their convention."""


class ChecklistItem(models.TextChoices):
    """What a purchasing group has to see to, in its order. What the law asks is the members' own affair to check."""

    VALUE = "value", _("the estimated values, added up and held against the thresholds")
    CONVENTION = (
        "convention",
        _("the convention that constitutes the group (procurement code, L. 2113-6 and 7)"),
    )
    COORDINATOR = "coordinator", _("the coordinator and its tasks, named in the convention")
    DELIBERATIONS = "deliberations", _("the deliberation of each member")
    STATUTES = "statutes", _("an inter-municipal body as coordinator: what its statutes allow (CGCT, L. 5211-4-4)")
    BUYER_PROFILE = "buyer_profile", _("the official consultation on the coordinator’s buyer profile")


class ItemState(models.TextChoices):
    TO_DO = "to_do", _("to do")
    DONE = "done", _("done")
    NOT_NEEDED = "not_needed", _("not needed here")
