from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "metropole.content"
    label = "content"
    verbose_name = _("content")

    def ready(self) -> None:
        from metropole.core.home import register_home_part

        from . import changes, favourites, home, vocabulary

        vocabulary.register()
        favourites.register()
        for part in (home.section_links, home.latest, home.total, home.search_url):
            register_home_part(part.__name__, part)
        for model in changes.FILED_UNDER:
            post_save.connect(changes.filing_changed, sender=model)
