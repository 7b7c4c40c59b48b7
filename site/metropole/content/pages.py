from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from metropole.core.models import BasePage
from metropole.core.translatable import PROMOTED, translated
from metropole.search.presets import Preset
from metropole.search.views import listing_response


class SectionPage(BasePage):
    """A section of the site: its introduction, then a search limited to the kinds of content that it lists."""

    max_count_per_parent = 1
    listed_types: tuple[str, ...] = ()

    intro = models.TextField(
        _("introduction"), max_length=400, blank=True, help_text=_("What is found here, in two sentences.")
    )

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    translatable_fields = [*translated("title", "intro"), *PROMOTED]

    class Meta:
        abstract = True

    def preset(self, request: HttpRequest) -> Preset:
        return Preset(path=self.get_url(request), locked={"type": self.listed_types}, heading=self.title)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        context = self.get_context(request, *args, **kwargs) | {"heading": self.title, "intro": self.intro}
        return listing_response(request, self.preset(request), self.template, context)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The section as it will be read, with its listing: Wagtail would render the template without one."""
        return self.serve(request)
