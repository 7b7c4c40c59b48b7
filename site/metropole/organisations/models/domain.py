from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ..validators import validate_email_domain
from .organisation import Organisation


class EmailDomain(models.Model):
    """The end of the addresses that an authority gives to its agents alone: who has one is known to be of it.

    Subdomains have to be listed themselves: they may be let to others.
    """

    organisation = ParentalKey(
        Organisation, on_delete=models.CASCADE, related_name="email_domains", verbose_name=_("organisation")
    )
    domain = models.CharField(
        _("e-mail domain"),
        max_length=253,
        unique=True,
        validators=[validate_email_domain],
        help_text=_("What follows the @, e.g. “ville-antony.fr”. Never a provider that anybody may be a client of."),
    )

    class Meta:
        verbose_name = _("e-mail domain")
        verbose_name_plural = _("e-mail domains")
        ordering = ["domain"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain=models.functions.Lower("domain")), name="email_domain_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def clean_fields(self, exclude: set[str] | None = None) -> None:
        self.domain = self.domain.strip().removeprefix("@").lower()
        super().clean_fields(exclude)

    def clean(self) -> None:
        super().clean()
        # In the admin's form of an organisation, it comes to be known when it is saved.
        organisation = getattr(self, "organisation", None)
        if organisation and not organisation.is_authority:
            raise ValidationError({"domain": _("Only an authority is joined by an e-mail domain.")})
