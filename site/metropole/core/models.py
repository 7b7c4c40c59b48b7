from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult

from .blocks import BodyBlock
from .fields import StreamField
from .home import home_parts


class BasePage(Page):
    """What every page of the site shares."""

    promote_panels = [
        FieldPanel("slug"),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        FieldPanel("show_in_menus"),
    ]

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answers under ``/en/…`` with the original page where there is no translation yet.

        The page then says so and marks its text's own language; its canonical address stays the original's.
        """
        try:
            return super().route(request, path_components)
        except Http404:
            original = self._original()
            if original is None or not path_components:
                raise
            return original.route(request, path_components)

    def _original(self) -> Page | None:
        """The same page in the site's main language, if this one is a translation of it."""
        default = Locale.get_default()
        if self.locale_id == default.id:
            return None
        original = self.get_translation_or_none(default)
        return original.specific if original and original.live else None

    @property
    def is_shown_in_other_language(self) -> bool:
        """Whether the reader gets the page in another language than the one that they read the site in."""
        return self.locale.language_code != get_language()

    def has_translation_in(self, language: str) -> bool:
        return self._live_in(language) is not None

    def url_in(self, language: str) -> str:
        """The page's address for readers of a language, whether it is translated or shown as it stands."""
        page = self._live_in(language)
        if page:
            return page.url
        parent = self.get_parent()
        return f"/{language}/" if parent.is_root() else f"{parent.specific.url_in(language)}{self.slug}/"

    def _live_in(self, language: str) -> Page | None:
        if language == self.locale.language_code:
            return self
        return self.get_translations().live().filter(locale__language_code=language).first()


class HomePage(BasePage):
    """The site's front page: what it is for, one search box, the map, the latest items."""

    max_count_per_parent = 1
    template = "core/home_page.html"

    hero_title = models.CharField(
        _("headline"),
        max_length=120,
        help_text=_("One sentence that says what the site is for, e.g. “What one commune has tried can serve all”."),
    )
    hero_text = models.TextField(_("introduction"), max_length=400, help_text=_("Two or three short sentences."))

    content_panels = [*Page.content_panels, FieldPanel("hero_title"), FieldPanel("hero_text")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | home_parts(request)


class StandardPage(BasePage):
    """A page of plain text: legal notice, accessibility, personal data, contact…"""

    template = "core/standard_page.html"
    parent_page_types = ["core.HomePage", "core.StandardPage"]
    subpage_types = ["core.StandardPage"]

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("What the page says, in two sentences; search engines show it."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
