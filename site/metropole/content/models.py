"""What practices, projects, kits, solutions and the other kinds of content have in common."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase

from metropole.core.blocks import BodyBlock
from metropole.core.fields import StreamField
from metropole.core.models import BasePage
from metropole.core.navigation import in_reader_language
from metropole.organisations.models import Organisation
from metropole.search.documents import document_id
from metropole.taxonomy.models import Programme, Tag, Theme, canonical
from metropole.territory.models import Territory

from .enums import Licence
from .forms import ContentForm
from .links import breadcrumb, search_links
from .permissions import ContentPermissionTester
from .querysets import ContentPageManager, filing_relations
from .reading import for_reading
from .related import related_hits
from .sheets import Fact, Section, fact_of, section_of


class TaggedContent(ItemBase):
    """A keyword on a piece of content."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_contents")
    content_object = ParentalKey("content.ContentPage", on_delete=models.CASCADE, related_name="tagged_items")


class ContentPage(BasePage):
    """One piece of content: filed by territory, theme and programme, and found by search.

    Kinds of content are its subclasses. Each names its ``content_type_name`` (its value of the facet "type"), and
    which of its fields are printed as facts and which as sections of its sheet.
    """

    content_type_name = ""
    fact_fields: tuple[str, ...] = ()
    section_fields: tuple[str, ...] = ()
    subpage_types: list[str] = []
    base_form_class = ContentForm
    names_alternatives = False
    """Whether its removal says which version was the last safe one, and what can be used instead."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_(
            "What a colleague needs to know in two or three sentences, 400 characters at most. "
            "E.g. “Sensors in the road surface show drivers the free places around the market.”"
        ),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("further text"))
    date = models.DateField(
        _("date of the content"),
        null=True,
        blank=True,
        help_text=_("The day to which the content is to be dated, e.g. 27/11/2018. Lists are in this order."),
    )
    organisations = ParentalManyToManyField(
        Organisation,
        blank=True,
        related_name="contents",
        verbose_name=_("organisations"),
        help_text=_("Who carries it, e.g. the town of Antony. The content belongs to them."),
    )
    territories = ParentalManyToManyField(
        Territory,
        blank=True,
        related_name="contents",
        verbose_name=_("territories"),
        help_text=_("Where it takes place or applies, e.g. Antony. None means: the whole métropole."),
    )
    themes = ParentalManyToManyField(
        Theme,
        blank=True,
        related_name="contents",
        limit_choices_to=canonical,
        verbose_name=_("themes"),
        help_text=_("One to three défis or chantiers, e.g. “Mobilité et logistique urbaine”."),
    )
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contents",
        limit_choices_to=canonical,
        verbose_name=_("programme"),
        help_text=_("The métropole's programme that supports it, e.g. FMIN."),
    )
    tags = ClusterTaggableManager(
        through=TaggedContent,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Words that people would look for, separated by commas, e.g. “stationnement, capteurs”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=30,
        choices=Licence,
        default=Licence.ETALAB,
        help_text=_("How others may reuse it. The Open Licence asks them to name the source, nothing more."),
    )
    source = models.CharField(
        _("source"),
        max_length=250,
        blank=True,
        help_text=_("Where the facts come from, e.g. “Press release of 27 November 2018”."),
    )
    source_url = models.URLField(_("address of the source"), blank=True, help_text=_("E.g. https://…"))

    objects = ContentPageManager()

    further_texts: Iterable[str] = ()
    """Prose that is read on its page and is not its own, such as what others add to it."""

    published_translations: Sequence["ContentPage"] = ()
    """What its search document holds besides: set when many are read at once."""

    class Meta:
        verbose_name = _("content")
        verbose_name_plural = _("contents")

    def permissions_for_user(self, user: AbstractUser) -> ContentPermissionTester:
        """Also asked for a plain Page: Wagtail then turns to the one of its own kind."""
        return ContentPermissionTester(user, self)

    @classmethod
    def for_reading(cls) -> models.QuerySet:
        return for_reading(super().for_reading().select_related("programme"), cls.content_type_name)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        prefetch_related_objects([self], *filing_relations())
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "search_links": search_links(self),
            "breadcrumb": breadcrumb(self),
            "related": related_hits(self, document_id(self), in_reader_language(self.url)),
        }

    def is_kept_by(self, organisation: Organisation) -> bool:
        """Whether an organisation, one of those that carry it, changes it, confirms it and may ask for its removal."""
        return True

    def refusals(self) -> dict[str, str]:
        """What it may not be published with, though a draft may say it: by field."""
        return {}

    @classmethod
    def type_label(cls) -> str:
        """The kind of content as readers see it, such as "Project"."""
        return capfirst(str(cls._meta.verbose_name))

    @cached_property
    def facts(self) -> list[Fact]:
        """The sheet's short fields, in order; empty ones are kept, for the reader to see that they are unknown."""
        return [fact_of(self, name) for name in self.fact_fields]

    @cached_property
    def sections(self) -> list[Section]:
        """The sheet's long fields, in order; empty ones are kept as well."""
        return [section_of(self, name) for name in self.section_fields]
