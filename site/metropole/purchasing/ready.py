"""What purchasing groups add to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
