"""How a file of a response leaves the site: downloaded. Who asks for it was let through by the policy before."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

from metropole.contributions.files.serving import content_response

from .models import Response, ResponseFile
from .sealing import UnreadableError


def serve(response: Response, entries: list[dict], key: object) -> FileResponse:
    """A file of a draft or of a deposit, under the name that its entry gives it (see ``content``). Raises Http404."""
    entry = next((entry for entry in entries if entry["id"] == str(key)), None)
    file = ResponseFile.objects.filter(response=response, pk=key).first()
    if entry is None or file is None:
        raise Http404
    try:
        answer = content_response(BytesIO(file.content()), entry["name"])
    except (OSError, UnreadableError) as error:
        raise Http404 from error
    answer.headers["Content-Disposition"] = content_disposition_header(True, entry["name"])
    return answer
