from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from metropole.core.collation import FRENCH

from .enums import Department, TerritoryKind
from .querysets import TerritoryQuerySet

PARENT_KIND = {
    TerritoryKind.METROPOLE: None,
    TerritoryKind.EPT: TerritoryKind.METROPOLE,
    TerritoryKind.COMMUNE: TerritoryKind.EPT,
}
"""Which kind of territory stands above which."""

PARIS = 1
"""Territory number of Paris, the one commune directly below the métropole (CGCT L5219-2)."""


class Territory(index.Indexed, ClusterableModel):
    """A node of the tree métropole > territory (EPT, or Paris) > commune."""

    kind = models.CharField(_("kind"), max_length=10, choices=TerritoryKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    name = models.CharField(
        _("name"),
        max_length=80,
        db_collation=FRENCH,
        help_text=_("As it is written in a sentence, e.g. “Est Ensemble”."),
    )
    slug = models.SlugField(
        _("slug"), max_length=80, unique=True, help_text=_("Its name in addresses and filters, e.g. “est-ensemble”.")
    )
    number = models.PositiveSmallIntegerField(
        _("territory number"),
        default=0,
        validators=[MaxValueValidator(12)],
        help_text=_(
            "The T number of the territory that it is or belongs to (8 for Est Ensemble); 0 for the métropole."
        ),
    )
    insee_code = models.CharField(
        _("INSEE code"),
        max_length=5,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^\d[\dAB]\d{3}$", _("An INSEE code has 5 characters, e.g. 93048."))],
        help_text=_("Communes only, e.g. 93048."),
    )
    siren = models.CharField(
        _("SIREN"),
        max_length=9,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^\d{9}$", _("A SIREN has 9 digits, e.g. 200057875."))],
        help_text=_("9 digits, e.g. 200057875."),
    )
    department = models.CharField(_("department"), max_length=2, choices=Department, blank=True)
    population = models.PositiveIntegerField(
        _("population"), null=True, blank=True, help_text=_("Municipal population.")
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    outline = models.TextField(
        _("outline"), blank=True, help_text=_("SVG path in the drawing of the métropole (1000 × 1181 units).")
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
        index.FilterField("department"),
    ]
    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=TerritoryKind.METROPOLE, parent__isnull=True)
                | (~Q(kind=TerritoryKind.METROPOLE) & Q(parent__isnull=False)),
                name="territory_only_metropole_is_root",
            ),
            models.CheckConstraint(
                condition=Q(kind=TerritoryKind.COMMUNE, insee_code__isnull=False)
                | (~Q(kind=TerritoryKind.COMMUNE) & Q(insee_code__isnull=True)),
                name="territory_only_communes_have_insee_codes",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=TerritoryKind.METROPOLE), name="territory_single_metropole"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("territory:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        expected = self._parent_kind()
        if (self.parent.kind if self.parent else None) == expected:
            return
        if expected is None:
            raise ValidationError({"parent": _("Nothing stands above the métropole: leave this empty.")})
        kind = TerritoryKind(expected).label
        raise ValidationError({"parent": _("Choose a parent of the kind “%(kind)s”.") % {"kind": kind}})

    def _parent_kind(self) -> str | None:
        is_paris = self.kind == TerritoryKind.COMMUNE and self.number == PARIS
        return TerritoryKind.METROPOLE if is_paris else PARENT_KIND.get(self.kind)


class TerritoryAlias(models.Model):
    """Another name under which a territory is looked for: a former commune, an arrondissement, a spelling."""

    territory = ParentalKey(Territory, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("territory"))
    name = models.CharField(
        _("other name"),
        max_length=80,
        db_collation=FRENCH,
        unique=True,
        help_text=_("E.g. “Pierrefitte-sur-Seine” for Saint-Denis."),
    )

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
