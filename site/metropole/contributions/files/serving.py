"""How a file of a draft leaves the site: only after the policy was asked, and in a form that no browser runs."""

from typing import IO

from django.db.models import FileField
from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control

from .formats import ALL

_SHOWN = {taken.extension: taken.content_type for taken in ALL if taken.is_shown}
_TYPES = {taken.extension: taken.content_type for taken in ALL}


def file_response(file: FileField, name: str) -> FileResponse:
    """A file under its name, whose extension says what it is: the checks have made it match. Raises Http404."""
    try:
        content = file.storage.open(file.name)
    except (OSError, ValueError) as error:
        raise Http404 from error
    return content_response(content, name)


def content_response(content: IO[bytes], name: str) -> FileResponse:
    """What a file holds, under its name."""
    extension = name.rpartition(".")[2].lower()
    response = FileResponse(
        content,
        as_attachment=extension not in _SHOWN,
        filename=name,
        content_type=_TYPES.get(extension, "application/octet-stream"),
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response
