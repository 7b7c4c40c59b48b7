"""What questions on needs add to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
