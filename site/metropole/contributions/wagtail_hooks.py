from django.http import Http404, HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.documents.models import AbstractDocument, document_served

from metropole.core.policy import policy

from .files.serving import file_response
from .models import ContributedFile


@hooks.register("before_serve_document", order=1000)
def serve_document(document: AbstractDocument, request: HttpRequest) -> HttpResponse:
    """Gives every document of the site, after Wagtail's own restrictions and the site's policy were asked."""
    contributed = ContributedFile.objects.filter(document=document.pk).select_related("contribution__page").first()
    if contributed and not policy.may(request.user, "file.read", contributed):
        raise Http404
    document_served.send(sender=type(document), instance=document, request=request)
    name = contributed.name if contributed else document.filename
    return file_response(document.file, name, is_public=contributed is None or contributed.is_public)
