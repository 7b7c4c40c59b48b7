from metropole.search.registry import vocabulary_changed

from .map import forget_drawing


def territory_changed(**kwargs) -> None:
    """Signal receiver: a territory or one of its other names was saved or deleted."""
    vocabulary_changed("territory")
    forget_drawing()
