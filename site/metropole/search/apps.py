from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "metropole.search"
    label = "search"
    verbose_name = _("search")

    def ready(self) -> None:
        from metropole.core.beats import register_beat
        from metropole.core.health import register_component
        from metropole.core.page_cache import register_version

        from .delivery import drain
        from .engines import get_engine
        from .health import search_state
        from .rebuilding import tidy

        register_component("search", search_state)
        register_beat("changes to the search indexes", 1, drain)
        register_beat("order among the search indexes", 60, tidy)
        register_version(lambda: get_engine().version())
