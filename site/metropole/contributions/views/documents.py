"""Every document of the site leaves it here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.documents.views.serve import serve

from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy

from ..models import ContributedFile


def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """Wagtail gives a file once the policy was asked; what is not everybody's yet, nobody keeps."""
    if int(document_id) > LARGEST_KEY:
        raise Http404
    contributed = ContributedFile.objects.filter(document=document_id).select_related("contribution__page").first()
    if contributed and not policy.may(request.user, "file.read", contributed):
        raise Http404
    response = serve(request, document_id, document_filename)
    if contributed and not contributed.is_public:
        patch_cache_control(response, private=True, no_store=True)
    return response
