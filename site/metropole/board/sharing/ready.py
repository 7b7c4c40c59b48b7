"""What needs that several authorities carry add to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
