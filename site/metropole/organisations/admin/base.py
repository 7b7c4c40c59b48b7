from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..forms import ReasonForm
from ..views.screens import done


class OrganisationsView(WagtailAdminTemplateMixin, View):
    """A screen of the admin on which editors act on organisations and their people."""

    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def act(self, act: Callable[[], object], said: str) -> None:
        done(self.request, act, said)

    def act_with_reason(self, act: Callable[[str], object], said: str) -> None:
        """The service itself refuses a reason that is missing."""
        form = ReasonForm(self.request.POST)
        done(self.request, lambda: act(form.cleaned_data["reason"] if form.is_valid() else ""), said)
