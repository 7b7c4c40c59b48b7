from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField
from metropole.core.versions import language_of_text

from ..enums import LegalKind
from ..querysets import LegalTextQuerySet
from .organisation import Organisation


class LegalText(models.Model):
    """One version of what people agree to: written before it takes effect, and never changed from then on.

    The database refuses such a change too (triggers.py).
    """

    kind = models.CharField(_("kind"), max_length=10, choices=LegalKind)
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    text_fr = ProseField(_("text in French"))
    text_en = ProseField(_("text in English"), blank=True, help_text=_("Without it, readers get the French text."))
    effective_at = models.DateTimeField(
        _("takes effect at"),
        help_text=_("From then on it cannot be changed, and everybody accepts it before their next deposit."),
    )

    objects = LegalTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="legal_text_version_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.version}"

    def save(self, *args, **kwargs) -> None:
        self._refuse_if_in_force()
        if self.kind != LegalText.objects.filter(pk=self.pk).values_list("kind", flat=True).first():
            self.version = LegalText.objects.next_version(self.kind)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        self._refuse_if_in_force()
        return super().delete(*args, **kwargs)

    @property
    def is_in_force(self) -> bool:
        """Whether people may have agreed to it, as the database has it."""
        return self.pk is not None and LegalText.objects.in_force().filter(pk=self.pk).exists()

    def _refuse_if_in_force(self) -> None:
        if self.is_in_force:
            raise ValidationError(_("This text is in force: write a new version instead."))

    @property
    def languages(self) -> list[str]:
        return ["fr", "en"] if self.text_en else ["fr"]

    def language_for(self, reader: str) -> str:
        """The language in which a reader gets it."""
        return language_of_text(self.languages, reader)

    def text_for(self, reader: str) -> str:
        return getattr(self, f"text_{self.language_for(reader)}")


class Acceptance(models.Model):
    """A person agreed to a text: the terms for themselves, the charter for the organisation they answer for."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceptances", verbose_name=_("person")
    )
    text = models.ForeignKey(LegalText, models.PROTECT, related_name="acceptances", verbose_name=_("text"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="acceptances", verbose_name=_("organisation")
    )
    at = models.DateTimeField(_("accepted at"), default=timezone.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], condition=Q(organisation=None), name="acceptance_once_by_a_person"
            ),
            models.UniqueConstraint(
                fields=["person", "text", "organisation"], name="acceptance_once_for_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.text}"
