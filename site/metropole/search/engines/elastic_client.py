"""The way to the search server, and its troubles in one line each."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import NOT_ACCEPTABLE
from typing import Any

from django.conf import settings
from elastic_transport import ApiResponseMeta, ConnectionTimeout, HttpHeaders, TransportError, Urllib3HttpNode
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    UnsupportedProductError,
)

from .base import IndexUnavailableError

# A page waits no longer than this for the server: after that the index on this machine answers.
ANSWER_SECONDS = 2.0
WRITE_SECONDS = 10.0
FILL_SECONDS = 120.0
OLDEST = {"elasticsearch": (8, 16), "opensearch": (2, 0)}

_OTHER_PRODUCT = (
    "what answers at ELASTICSEARCH_URL is not Elasticsearch 8 or 9: for OpenSearch set "
    "ELASTICSEARCH_DISTRIBUTION=opensearch"
)
_CREDENTIALS = re.compile(r"//[^/@\s]*@")
_JSON, _LINES = "application/json", "application/x-ndjson"


class OpenSearchNode(Urllib3HttpNode):
    """Speaks to OpenSearch, which knows neither the media types of Elasticsearch 8 nor the header of its product."""

    def perform_request(
        self, method: str, target: str, body: bytes | None = None, headers: HttpHeaders | None = None, **options: Any
    ) -> tuple[ApiResponseMeta, bytes]:
        spoken = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if name in spoken:
                spoken[name] = _LINES if "ndjson" in spoken[name] else _JSON
        answer = super().perform_request(method, target, body=body, headers=spoken, **options)
        answer.meta.headers["x-elastic-product"] = "Elasticsearch"
        return answer


def connect() -> Elasticsearch:
    """A client of the server that the settings name; it does not reach for it yet.

    Raises IndexUnavailableError when they cannot be understood.
    """
    if settings.ELASTICSEARCH_DISTRIBUTION not in OLDEST:
        raise IndexUnavailableError(f"ELASTICSEARCH_DISTRIBUTION must be one of: {', '.join(OLDEST)}")
    options: dict[str, Any] = {"request_timeout": ANSWER_SECONDS, "retry_on_timeout": False, "max_retries": 0}
    if settings.ELASTICSEARCH_API_KEY:
        options["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA_CERTS:
        options["ca_certs"] = settings.ELASTICSEARCH_CA_CERTS
    if settings.ELASTICSEARCH_DISTRIBUTION == "opensearch":
        options["node_class"] = OpenSearchNode
    try:
        return Elasticsearch(settings.ELASTICSEARCH_URL, **options)
    except (ValueError, OSError) as error:
        raise IndexUnavailableError(f"ELASTICSEARCH_URL cannot be used: {_without_secrets(error)}") from None


@contextmanager
def reached() -> Iterator[None]:
    """Turns whatever keeps the server from answering into IndexUnavailableError."""
    try:
        with warnings.catch_warnings():
            # That a server on loopback has no password is for its operator to know, not for each request.
            warnings.simplefilter("ignore")
            yield
    except (AuthenticationException, AuthorizationException) as error:
        raise IndexUnavailableError(_refusal(error)) from None
    except UnsupportedProductError:
        raise IndexUnavailableError(_OTHER_PRODUCT) from None
    except ApiError as error:
        told = f"the server answered {error.status_code}: {error.message}"
        raise IndexUnavailableError(_OTHER_PRODUCT if error.status_code == NOT_ACCEPTABLE else told) from None
    except ConnectionTimeout:
        raise IndexUnavailableError("the server did not answer in time") from None
    except (TransportError, OSError) as error:
        raise IndexUnavailableError(f"the server cannot be reached: {_without_secrets(error)}") from None


def _refusal(error: ApiError) -> str:
    if "cluster_block" in str(error.body):
        return f"the server takes no changes: {_without_secrets(error)}"
    return (
        f"the server refused the credentials ({error.status_code}): check ELASTICSEARCH_API_KEY, or the user and "
        "password in ELASTICSEARCH_URL"
    )


def _without_secrets(error: Exception) -> str:
    """The error in one line, without the password that an address may hold."""
    return _CREDENTIALS.sub("//…@", " ".join(str(error).split()))[:300]


def too_old(client: Elasticsearch) -> str:
    """The server's version when it is older than those that are supported; else empty."""
    with reached():
        version = client.info()["version"]
    distribution, number = version.get("distribution", "elasticsearch"), version["number"]
    oldest = OLDEST.get(distribution, OLDEST["elasticsearch"])
    found = tuple(int(part) for part in number.split(".")[:2])
    return "" if found >= oldest else f"{distribution} {number}"
