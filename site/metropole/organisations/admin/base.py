from collections.abc import Callable

from metropole.core.admin import AdminScreen

from ..forms import ReasonForm
from ..views.screens import done


class OrganisationsView(AdminScreen):
    """A screen of the admin on which editors act on organisations and their people."""

    header_icon = "group"

    def act(self, act: Callable[[], object], said: str) -> None:
        done(self.request, act, said)

    def act_with_reason(self, act: Callable[[str], object], said: str) -> None:
        """The service itself refuses a reason that is missing."""
        form = ReasonForm(self.request.POST)
        done(self.request, lambda: act(form.cleaned_data["reason"] if form.is_valid() else ""), said)
