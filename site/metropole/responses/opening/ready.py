"""What the opening of responses, their reading and the outcome of needs add to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
