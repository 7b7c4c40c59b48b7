from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TagBase
from wagtail.models import Locale, TranslatableMixin
from wagtail.search import index

from metropole.core.collation import FRENCH
from metropole.core.translatable import shared, translated

from .querysets import CategoryQuerySet


def canonical() -> Q:
    """The themes and programmes that content is filed under: those of the site's main language."""
    return Q(locale__language_code=settings.LANGUAGE_CODE)


class Theme(TranslatableMixin, index.Indexed, models.Model):
    """A défi of the métropole, or a chantier within one. Its slug is the same in every language."""

    name = models.CharField(_("name"), max_length=120, db_collation=FRENCH, help_text=_("E.g. “Nature en ville”."))
    slug = models.SlugField(
        _("slug"), max_length=80, help_text=_("Its name in addresses and filters, the same in every language.")
    )
    description = models.TextField(
        _("description"), max_length=400, blank=True, help_text=_("What is filed here, in one or two sentences.")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("challenge"),
        help_text=_("The défi that this chantier belongs to; empty for a défi."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Order among its siblings."))

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    translatable_fields = [
        *translated("name"),
        *shared("slug"),
        *translated("parent", "description"),
        *shared("position"),
    ]
    objects = CategoryQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="theme_slug_unique_in_language"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="theme_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("taxonomy:theme", args=[self.slug])

    def is_below(self, other: "Theme") -> bool:
        """Whether it is a chantier of this défi, though the two may be named in different languages."""
        return self.parent is not None and self.parent.slug == other.slug

    def clean(self) -> None:
        super().clean()
        if not self.parent:
            return
        if self.parent.parent_id:
            raise ValidationError({"parent": _("Themes have two levels: choose a défi, not a chantier.")})
        if self.parent_id == self.pk or (self.pk and self.children.exists()):
            raise ValidationError({"parent": _("This défi has chantiers of its own: it can't become a chantier.")})


class Programme(TranslatableMixin, index.Indexed, models.Model):
    """A programme or fund of the métropole, as a filing category. Its page tells the rest.

    Its slug is the same in every language, as a theme's.
    """

    name = models.CharField(
        _("name"), max_length=120, db_collation=FRENCH, help_text=_("E.g. “Innover dans la Ville”.")
    )
    short_name = models.CharField(
        _("short name"), max_length=60, help_text=_("For cards and filters, e.g. “FMIN”; may repeat the name.")
    )
    slug = models.SlugField(_("slug"), max_length=80, help_text=_("Its name in addresses and filters, e.g. “fmin”."))

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale_id")]
    translatable_fields = [*translated("name", "short_name"), *shared("slug")]
    objects = CategoryQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="programme_slug_unique_in_language"),
            models.UniqueConstraint(fields=["name", "locale"], name="programme_name_unique_in_language"),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(TagBase, ClusterableModel):
    """A free keyword. Editors merge and rename them in the admin, and say what it is called in other languages."""

    name = models.CharField(_("name"), max_length=100, db_collation=FRENCH, unique=True)

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


class TagName(models.Model):
    """What a tag is called in another language. Filters keep the tag's own name as their value, in every language."""

    tag = ParentalKey(Tag, on_delete=models.CASCADE, related_name="names", verbose_name=_("tag"))
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+", verbose_name=_("language"))
    name = models.CharField(_("name"), max_length=100, db_collation=FRENCH, help_text=_("E.g. “parking”."))

    class Meta:
        verbose_name = _("name in another language")
        verbose_name_plural = _("names in other languages")
        ordering = ["locale", "name"]
        constraints = [models.UniqueConstraint(fields=["tag", "locale"], name="tag_named_once_in_language")]

    def __str__(self) -> str:
        return self.name


class SynonymGroup(models.Model):
    """Words and phrases that a search treats as the same, such as GRU, GRC and relation usagers."""

    terms = models.TextField(
        _("equivalent terms"),
        max_length=500,
        db_collation=FRENCH,
        help_text=_("One word or phrase a line, e.g. “GRU”, then “relation usagers”. Case and accents don't matter."),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["terms"]

    def __str__(self) -> str:
        return " = ".join(self.as_list())

    def as_list(self) -> list[str]:
        return [line.strip() for line in self.terms.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if len(self.as_list()) < 2:
            raise ValidationError({"terms": _("Give at least two terms, one a line: a synonym needs its pair.")})
