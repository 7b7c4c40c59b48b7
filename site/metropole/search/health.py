from metropole.core.health import ComponentState

from .engines import get_engine
from .engines.embedded import READY


def search_state() -> ComponentState:
    """Whether searches are answered from an index of this version."""
    engine = get_engine()
    state = engine.state()
    return ComponentState(state == READY, f"{engine.name}: {state}")
