from django.utils.translation import gettext_lazy as _

from metropole.content.forms import ContentForm

from .enums import Origin
from .sheet.groups import ESSENTIAL


class SolutionForm(ContentForm):
    """Asks a publisher for all twelve fields when the sheet is published, not while it is a draft."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self._origin() != Origin.PUBLISHER:
            return
        for name in ESSENTIAL:
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = _(
                    "A sheet written by its publisher must say this before it is published."
                )

    def _post_clean(self) -> None:
        """The page holds what was typed by now: what it may not be published with, a draft may."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for name, message in self.instance.refusals().items():
            self.add_error(name if name in self.fields else None, message)

    def _origin(self) -> str:
        return self.data.get(self.add_prefix("origin")) if self.is_bound else self.instance.origin
