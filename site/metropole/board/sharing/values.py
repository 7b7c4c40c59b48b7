"""What the authorities that carry a need would spend together, beside the threshold of the law."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from ..enums import NeedMode
from ..models import Need, Threshold
from ..thresholds import dispensation, in_force, total_value


@dataclass(frozen=True)
class ValueNote:
    """``total``: of all bands, the upper ends added up. ``threshold``: the row in force, None where none is known."""

    total: int
    threshold: Threshold | None
    is_public: bool

    @property
    def text(self) -> str:
        """The same as the bar shows, in words."""
        total = number_format(self.total, force_grouping=True)
        if self.threshold is None:
            return _("%(total)s €") % {"total": total}
        amount = number_format(self.threshold.amount, force_grouping=True)
        return _("%(total)s € out of %(amount)s €") % {"total": total, "amount": amount}

    @property
    def crosses(self) -> bool:
        return self.threshold is not None and self.total >= self.threshold.amount


def value_note(need: Need, person: AbstractUser | AnonymousUser) -> ValueNote | None:
    """None where nobody has said a value, or this person does not read it, or nothing is bought after it here."""
    if need.mode == NeedMode.REFERRAL or not policy.may(person, "need.see_value", need):
        return None
    total = total_value(need)
    return None if total is None else ValueNote(total, in_force(dispensation(need)), need.value_is_public)
