from django.db import models
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A document that changed and has yet to reach the index; written in the transaction that changed it."""

    document_key = models.CharField(_("document"), max_length=200)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("document to index")
        verbose_name_plural = _("documents to index")

    def __str__(self) -> str:
        return self.document_key
