from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "metropole.territory"
    label = "territory"
    verbose_name = _("territory")

    def ready(self) -> None:
        from metropole.core.home import register_home_part
        from metropole.core.sitemap import register_site_map_branch
        from metropole.core.tracking import Tracked, track
        from metropole.core.xml_sitemap import register_public_addresses
        from metropole.search.registry import register_vocabulary

        from . import changes
        from .map import home_map
        from .models import Territory, TerritoryAlias
        from .site_map import territory_branch, territory_versions
        from .vocabulary import territory_terms

        register_vocabulary("territory", territory_terms)
        register_home_part("map", home_map)
        register_site_map_branch(territory_branch)
        register_public_addresses(territory_versions)
        track(Tracked(Territory))
        for model in (Territory, TerritoryAlias):
            post_save.connect(changes.territory_changed, sender=model)
            post_delete.connect(changes.territory_changed, sender=model)
