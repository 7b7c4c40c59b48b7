"""What the writing of responses adds to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
