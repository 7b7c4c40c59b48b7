from django.conf import settings
from django.db import models
from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from .blocks import BodyBlock
from .fields import StreamField
from .home import home_parts
from .languages import language_of
from .translatable import PROMOTED, translated
from .versions import Address, language_codes

HOME_DEPTH = 2
"""Depth of the home pages in Wagtail's tree, whose root is no page of the site."""
DEEPEST = 8
"""Levels of pages below the home page; a longer path is left to Wagtail, which finds nothing there."""


class BasePage(Page):
    """What every page of the site shares."""

    site_is_open = False
    """Whether it is known that no page of the site asks for a password or an account."""

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
            if original is None:
                raise
            return original.route(request, path_components)

    def _original(self) -> Page | None:
        """The same page in the site's main language, if this one is a translation of it."""
        default = Locale.get_default()
        if self.locale_id == default.id:
            return None
        original = self.get_translation_or_none(default)
        return original.specific if original and original.live else None

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Leads the reader of another language to the page's translation, where there is one."""
        if self.is_shown_in_other_language:
            address = self.address_in(get_language())
            if address.is_translated:
                return redirect(address.path)
        return super().serve(request, *args, **kwargs)

    @property
    def is_shown_in_other_language(self) -> bool:
        """Whether the reader gets the page in another language than the one that they read the site in."""
        return self.language != get_language()

    @property
    def language(self) -> str:
        """The code of the language in which the page is written."""
        return language_of(self.locale_id)

    @property
    def original_url(self) -> str:
        """Where a translated page is read as it was written."""
        return self.address_in(settings.LANGUAGE_CODE).path

    def address_in(self, language: str) -> Address:
        """The page's address for readers of a language."""
        return self.addresses()[language]

    def addresses(self) -> dict[str, Address]:
        """The page's address for readers of each language: its translation, if everyone may read it.

        A page without a translation is read as it stands below the translation of the nearest page above it.
        """
        branch = self.branch()
        versions = Page.objects.live().filter(translation_key__in=[page.translation_key for page in branch])
        if not self.site_is_open:
            versions = versions.public()
        found = {(page.translation_key, page.locale.language_code): page for page in versions.select_related("locale")}
        return {code: self._address(code, branch, found) for code in language_codes()}

    def _address(self, language: str, branch: list[Page], found: dict[tuple, Page]) -> Address:
        if language == self.language:
            return Address(self.url)
        slugs: list[str] = []
        for page in reversed(branch):
            translation = found.get((page.translation_key, language))
            if translation:
                return Address(f"{translation.url}{_path(slugs)}", is_translated=not slugs)
            slugs.insert(0, page.slug)
        # A language without a home page is read below the main language's.
        below_home = slugs[1:] if self.language == settings.LANGUAGE_CODE else []
        return Address(f"/{language}/{_path(below_home)}", is_translated=False)

    def branch(self) -> list[Page]:
        """From the home page to the page itself."""
        pages: list[Page] = [self]
        while pages[0].depth > HOME_DEPTH:
            pages.insert(0, pages[0].get_parent())
        return pages

    def get_view_restrictions(self) -> models.QuerySet:
        """As Wagtail's, without its queries where the page was found on a site that restricts nothing."""
        if self.site_is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        """The pages of this kind with what their readers always get."""
        return cls._default_manager.all()


def _path(slugs: list[str]) -> str:
    return "".join(f"{slug}/" for slug in slugs)


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
    translatable_fields = [*translated("title", "hero_title", "hero_text"), *PROMOTED]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | home_parts(request)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Finds the page at the end of a path with one query, where Wagtail asks one for each step."""
        page = self._descendant(path_components) if path_components else None
        return page.route(request, []) if page else super().route(request, path_components)

    def _descendant(self, slugs: list[str]) -> Page | None:
        paths = [f"{self.url_path}{'/'.join(slugs[: depth + 1])}/" for depth in range(min(len(slugs), DEEPEST))]
        pages = Page.objects.annotate(has_restrictions=Exists(PageViewRestriction.objects.all()))
        found = {page.url_path: page for page in pages.filter(url_path__in=paths, locale=self.locale_id)}
        if len(found) < len(slugs):
            return None
        parent = self
        for path in paths:
            found[path]._cached_parent_obj, parent = parent, found[path]
        page = parent.specific_class.for_reading().get(pk=parent.pk)
        page._cached_parent_obj, page.site_is_open = parent._cached_parent_obj, not parent.has_restrictions
        return page


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
    translatable_fields = [*translated("title", "summary", "body"), *PROMOTED]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class WorkerHeartbeat(models.Model):
    """When a worker, one process beside the site, was last alive."""

    worker_id = models.CharField(_("worker"), max_length=64, unique=True)
    machine = models.CharField(_("machine"), max_length=255)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("heartbeat of a worker")
        verbose_name_plural = _("heartbeats of workers")

    def __str__(self) -> str:
        return f"{self.worker_id} ({self.machine})"
