"""What following needs, themes and territories adds to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
