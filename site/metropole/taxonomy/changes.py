from metropole.search.registry import synonyms_changed, vocabulary_changed

from .models import Programme, SynonymGroup, Theme

FACETS = {Theme: "theme", Programme: "programme"}


def vocabulary_saved(sender: type, **kwargs) -> None:
    """Signal receiver: a theme, a programme or a group of synonyms was saved or deleted."""
    if sender is SynonymGroup:
        synonyms_changed()
    else:
        vocabulary_changed(FACETS[sender])
