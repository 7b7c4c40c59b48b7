from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "metropole.translation"
    label = "translation"
    verbose_name = _("translation")

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.models import Page
        from wagtail.signals import page_published, page_unpublished

        from .following import original_deleted, original_published, original_unpublished

        page_published.connect(original_published)
        page_unpublished.connect(original_unpublished)
        pre_delete.connect(original_deleted, sender=Page)
