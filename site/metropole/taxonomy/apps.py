from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    name = "metropole.taxonomy"
    label = "taxonomy"
    verbose_name = _("taxonomy")

    def ready(self) -> None:
        from metropole.core.home import register_home_part
        from metropole.core.sitemap import register_site_map_branch
        from metropole.core.tracking import Tracked, track
        from metropole.core.xml_sitemap import register_public_addresses
        from metropole.search import registry

        from . import changes, vocabulary
        from .models import Programme, SynonymGroup, Tag, Theme
        from .themes import home_themes, theme_branch, theme_versions

        registry.register_vocabulary("theme", vocabulary.theme_terms)
        registry.register_vocabulary("programme", vocabulary.programme_terms)
        registry.register_vocabulary("tag", vocabulary.tag_terms, is_open=True)
        registry.register_synonyms(vocabulary.synonym_groups)
        register_home_part("themes", home_themes)
        register_site_map_branch(theme_branch)
        register_public_addresses(theme_versions)
        for model in (Theme, Programme, Tag, SynonymGroup):
            track(Tracked(model))
        for model in (*changes.FACETS, SynonymGroup):
            post_save.connect(changes.vocabulary_saved, sender=model)
            post_delete.connect(changes.vocabulary_saved, sender=model)
        for model in (Theme, Programme):
            post_save.connect(changes.category_changed, sender=model)
