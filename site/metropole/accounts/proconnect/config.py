"""What the deployment says of ProConnect (README, "Settings"), and that under the names that the library asks for."""

from typing import Any

from django.conf import settings

SCOPES = "openid given_name usual_name email siret uid"
SUPPORTED_ALGORITHMS = ("RS256", "ES256", "HS256")
TWO_FACTOR_LEVELS = (
    "eidas2",
    "eidas3",
    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
)
"""The values of ``acr`` that mean two factors, as ProConnect lists them for those who must have them."""
TIMEOUT_SECONDS = 5
RANDOM_SIZE = 43
"""Characters of a state and of a nonce: ProConnect asks for 32, and 43 letters and digits are worth 256 bits."""
CALLBACK = "proconnect_callback"


def is_on() -> bool:
    return settings.PROCONNECT_IS_ON


def algorithms() -> list[str]:
    """Those that may sign what ProConnect says; no setting lets in what is not signed at all."""
    return [name for name in settings.PROCONNECT_ALGORITHMS if name in SUPPORTED_ALGORITHMS]


def levels(two_factors: bool = False) -> list[str]:
    """The values of ``acr`` to ask for; none means any."""
    required = settings.PROCONNECT_REQUIRED_ACR
    return [level for level in TWO_FACTOR_LEVELS if not required or level in required] if two_factors else required


def endpoint(name: str) -> str:
    return f"{settings.PROCONNECT_ISSUER}/{name}"


class Configured:
    """For the library's classes, which ask here for their settings."""

    @staticmethod
    def get_settings(name: str, *default: Any) -> Any:
        values = {
            "OIDC_RP_CLIENT_ID": settings.PROCONNECT_CLIENT_ID,
            "OIDC_RP_CLIENT_SECRET": settings.PROCONNECT_CLIENT_SECRET,
            "OIDC_RP_SIGN_ALGO": "RS256",
            "OIDC_RP_SCOPES": SCOPES,
            "OIDC_OP_AUTHORIZATION_ENDPOINT": endpoint("authorize"),
            "OIDC_OP_TOKEN_ENDPOINT": endpoint("token"),
            "OIDC_OP_USER_ENDPOINT": endpoint("userinfo"),
            "OIDC_OP_JWKS_ENDPOINT": endpoint("jwks"),
            "OIDC_AUTHENTICATION_CALLBACK_URL": CALLBACK,
            "OIDC_STATE_SIZE": RANDOM_SIZE,
            "OIDC_NONCE_SIZE": RANDOM_SIZE,
            "OIDC_TIMEOUT": TIMEOUT_SECONDS,
        }
        return values.get(name, *default)
