from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def response_keys_open(app_configs: Any, **kwargs) -> list[CheckMessage]:
    """Without a usable key no response could be kept: better no site than a response in clear."""
    try:
        usable = bool(settings.RESPONSE_KEYS) and all(Fernet(key) for key in settings.RESPONSE_KEYS)
    except ValueError:
        usable = False
    if usable:
        return []
    hint = "Give RESPONSE_KEYS one or more keys, each made by cryptography.fernet.Fernet.generate_key()."
    return [Error("RESPONSE_KEYS holds no usable key.", hint=hint, id="responses.E001")]
