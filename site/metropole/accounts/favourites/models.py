from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NOTE_LENGTH = 2000


class Collection(models.Model):
    """Favourites of one person under a name of theirs."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="collections", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="collection_name_once_for_a_person")]

    def __str__(self) -> str:
        return self.name


class Favourite(models.Model):
    """Something that a person keeps. Its title stays when it is not on the site any more."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites", verbose_name=_("person")
    )
    collection = models.ForeignKey(
        Collection, models.CASCADE, null=True, blank=True, related_name="favourites", verbose_name=_("collection")
    )
    kind = models.CharField(_("kind"), max_length=20)
    ref = models.CharField(_("reference"), max_length=40, help_text=_("By what things of its kind are told apart."))
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=10)
    note = models.TextField(_("note"), max_length=NOTE_LENGTH, blank=True)
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "collection", "kind", "ref"], name="favourite_once_in_a_collection"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "ref"], condition=Q(collection=None), name="favourite_once_in_no_collection"
            ),
        ]

    def __str__(self) -> str:
        return self.title
