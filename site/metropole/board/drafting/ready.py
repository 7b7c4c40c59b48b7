"""What the writing of needs adds to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
