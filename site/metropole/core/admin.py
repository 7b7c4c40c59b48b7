"""What the screens that the apps add to Wagtail's admin have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

Breadcrumb = dict[str, Any]


class AdminScreen(WagtailAdminTemplateMixin, View):
    """A screen with its title as the last breadcrumb."""

    def above(self) -> list[Breadcrumb]:
        """The screens between the admin's home and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[Breadcrumb]:
        return [*super().get_breadcrumbs_items(), *self.above(), {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())
