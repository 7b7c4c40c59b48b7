"""What taking sheets over adds to the rest of the site when it starts."""

from . import notices, personal_data, policy, queue, transitions  # noqa: F401 - rules and actions register themselves


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    personal_data.register()
    queue.register()
