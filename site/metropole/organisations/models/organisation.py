from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from metropole.core.collation import FRENCH
from metropole.territory.models import Territory

from ..enums import (
    AUTHORITY_KINDS,
    RIGHTS_OF_AUTHORITIES,
    RIGHTS_OF_CARRIERS,
    TERRITORIAL_KINDS,
    OrganisationKind,
    Right,
    Sector,
    Size,
    Verification,
)
from ..places import commune_of
from ..querysets import OrganisationQuerySet
from ..validators import validate_postal_code, validate_siren, validate_siret


class Organisation(index.Indexed, ClusterableModel):
    """An authority, or a company or association that carries solutions. Content belongs to it, not to people."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name = models.CharField(
        _("name"), max_length=150, db_collation=FRENCH, help_text=_("Its usual name, e.g. “Ville d’Antony”.")
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Its name in addresses, e.g. “antony”."))
    siren = models.CharField(
        _("SIREN"),
        max_length=9,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_siren],
        help_text=_("9 digits, e.g. 200054781."),
    )
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_siret],
        help_text=_("14 digits: the SIREN and the establishment's number, e.g. 20005478100022."),
    )
    territory = models.OneToOneField(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authority",
        verbose_name=_("territory"),
        help_text=_("The territory that this authority governs; empty for all others."),
    )
    website = models.URLField(_("website"), blank=True, help_text=_("E.g. https://www.metropolegrandparis.fr"))
    description = models.TextField(_("description"), max_length=400, blank=True)

    sector = models.CharField(
        _("sector"), max_length=1, choices=Sector, blank=True, help_text=_("The section of its activity in the NAF.")
    )
    size = models.CharField(
        _("size"), max_length=5, choices=Size, blank=True, help_text=_("Its category of company, as INSEE counts.")
    )
    town = models.CharField(_("town"), max_length=80, blank=True, help_text=_("Where it is based, e.g. “Montreuil”."))
    postal_code = models.CharField(
        _("postal code"), max_length=5, blank=True, validators=[validate_postal_code], help_text=_("E.g. 93100.")
    )
    based_in = models.ForeignKey(
        Territory,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="based_organisations",
        verbose_name=_("commune of the métropole"),
        help_text=_("Follows from the town and the postal code; empty outside the métropole."),
        editable=False,
    )

    verification = models.CharField(
        _("verification"), max_length=20, choices=Verification, default=Verification.VERIFIED, editable=False
    )
    verification_asked_at = models.DateTimeField(_("verification asked at"), null=True, editable=False)
    verification_reason = models.TextField(_("reason of the refusal"), blank=True, editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("kind")]
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TERRITORIAL_KINDS, territory__isnull=False)
                | (~Q(kind__in=TERRITORIAL_KINDS) & Q(territory__isnull=True)),
                name="organisation_territory_iff_territorial",
            ),
            models.CheckConstraint(
                condition=Q(siret__isnull=True) | Q(siren__isnull=False, siret__startswith=models.F("siren")),
                name="organisation_siret_begins_with_siren",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """An authority is read about on its territory's page; the others have one of their own."""
        if self.territory_id:
            return self.territory.get_absolute_url()
        return reverse("organisations:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        self.siren, self.siret = self.siren or None, self.siret or None
        if self.siret and not self.siren:
            self.siren = self.siret[:9]
        if self.siret and not self.siret.startswith(self.siren):
            raise ValidationError({"siret": _("A SIRET begins with its organisation's SIREN.")})
        self._clean_territory()
        self.based_in = None if self.is_authority else commune_of(self.town, self.postal_code)

    def _clean_territory(self) -> None:
        if self.kind in TERRITORIAL_KINDS and not self.territory_id:
            raise ValidationError({"territory": _("Choose the territory that this authority governs.")})
        if self.kind not in TERRITORIAL_KINDS and self.territory_id:
            raise ValidationError({"territory": _("Only a commune, an EPT or the métropole governs a territory.")})
        if self.territory_id and self.territory.kind != self.kind:
            raise ValidationError({"territory": _("This territory is of another kind than the authority.")})

    @property
    def acting_organisation(self) -> "Organisation":
        """For the log."""
        return self

    @property
    def is_authority(self) -> bool:
        return self.kind in AUTHORITY_KINDS

    @property
    def is_verified(self) -> bool:
        return self.verification == Verification.VERIFIED

    @property
    def grantable_rights(self) -> tuple[Right, ...]:
        """What its members may be given: an authority answers no need, a carrier engages no authority."""
        return RIGHTS_OF_AUTHORITIES if self.is_authority else RIGHTS_OF_CARRIERS
