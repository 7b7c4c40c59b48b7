"""What responses ask of the steps of their need."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.board.lifecycle.attempts import Attempt
from metropole.board.lifecycle.registry import register_guard

from ..models import Response


@register_guard("merging_loses_nothing", gettext_lazy("Nothing that was entrusted to the need is lost."), "merge")
def merging_loses_nothing(attempt: Attempt) -> None:
    # In words that say nothing of responses: before the closing, nobody learns that there is one.
    if Response.objects.filter(need=attempt.need, submitted_at__isnull=False).exists():
        raise ValidationError(_("This need cannot be merged any more: it goes on by itself."))
