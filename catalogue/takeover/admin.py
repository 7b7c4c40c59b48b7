from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.moderation.admin import DecisionView
from metropole.moderation.forms import RefusalForm

from . import services
from .enums import TakeoverState
from .models import Takeover


class TakeoverView(DecisionView):
    """An organisation says that a sheet is of its own solution."""

    template_name = "catalogue/admin/takeover.html"
    decisions = {"accept": None, "refuse": RefusalForm}

    @cached_property
    def asked(self) -> Takeover:
        related = Takeover.objects.select_related("solution__publisher", "organisation", "asked_by")
        return get_object_or_404(related, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Request for a sheet")

    def get_page_subtitle(self) -> str:
        return self.asked.solution.title

    def decide(self, action: str, form: Any) -> None:
        if action == "accept":
            services.accept(self.asked, self.request.user)
        else:
            services.refuse(self.asked, self.request.user, form.cleaned_data["reason"])

    def said(self, action: str) -> str:
        if action == "accept":
            return _("The sheet is given to its publisher, who is told.")
        return _("It is refused, and the organisation is told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            asked=self.asked,
            is_open=self.asked.state == TakeoverState.ASKED,
            may_decide=policy.may(self.request.user, "takeover.decide", self.asked),
        )
