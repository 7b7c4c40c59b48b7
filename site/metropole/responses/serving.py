"""How a file of a response leaves the site. Who asks for it was let through by the policy before."""

from io import BytesIO

from django.http import FileResponse, Http404

from metropole.contributions.files.serving import content_response

from .content import Content
from .models import Response, ResponseFile
from .sealing import UnreadableError


def serve(response: Response, content: Content, key: object) -> FileResponse:
    """A file of a draft or of a deposit, under the name that its sealed content gives it. Raises Http404."""
    entry = next((entry for entry in content.get("files", []) if entry["id"] == str(key)), None)
    file = ResponseFile.objects.filter(response=response, pk=key).first()
    if entry is None or file is None:
        raise Http404
    try:
        return content_response(BytesIO(file.content()), entry["name"])
    except (OSError, UnreadableError) as error:
        raise Http404 from error
