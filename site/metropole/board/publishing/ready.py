"""What the moderation, the amendments and the public life of needs add to the site when it starts."""


def register() -> None:
    """From ``AppConfig.ready()``."""
