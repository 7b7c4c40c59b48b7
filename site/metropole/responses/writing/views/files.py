"""The files of a response, for its own organisation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from metropole.contributions.files.check import checked
from metropole.contributions.views.common import token_is_stale
from metropole.core.policy import policy
from metropole.core.screens import private

from ...models import Response
from ...serving import serve
from .. import services
from ..files import MOST_BYTES, MOST_FILES
from ..forms import FileForm
from ..holding import TooLateError
from .common import context_of, not_saved, own

BESIDES_THE_FILE = 1_000_000
"""What a form may weigh besides the file that it sends."""


class InMemory(MemoryFileUploadHandler):
    """Holds the file in memory, whatever its size: before it is sealed, it is not to lie on the disk for a moment."""

    activated = True

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:  # noqa: N803
        self.activated = content_length <= settings.CONTRIBUTED_FILE_MAX_BYTES + BESIDES_THE_FILE


@private
@csrf_exempt
@sensitive_post_parameters()
def files(request: HttpRequest, pk: object) -> HttpResponse:
    """Its token is checked here, once it is said where the file is held until it is sealed."""
    request.upload_handlers = [InMemory(request)]
    if request.method == "POST" and token_is_stale(request, files):
        return not_saved(request, [_("This page was open for too long.")], request.path)
    return _files(request, pk)


@own
@require_http_methods(["GET", "HEAD", "POST"])
def _files(request: HttpRequest, response: Response) -> HttpResponse:
    """The files of the draft, and one more: it is taken wholly, or refused wholly with the reason."""
    form = FileForm()
    if request.method == "POST":
        policy.require(request.user, "response.write", response)
        form = FileForm(request.POST, request.FILES)
        if not request.upload_handlers[0].activated:
            form.fields["upload"].error_messages["required"] = _too_large()
        try:
            if form.is_valid() and _added(request, response, form):
                messages.success(request, _("The file is added to the draft."))
                return redirect("responses:files", response.pk)
        except TooLateError as error:
            return not_saved(request, error.messages)
    elif not (response.need.is_open and policy.may(request.user, "response.write", response)):
        return redirect("responses:response", response.pk)
    context = context_of(request, response, "files") | {
        "form": form,
        "files": response.draft_content["files"],
        "most": MOST_FILES,
        "most_size": filesizeformat(MOST_BYTES),
    }
    return render(request, "responses/files.html", context)


def _too_large() -> str:
    return _("This file is too large: %(most)s at most.") % {
        "most": filesizeformat(settings.CONTRIBUTED_FILE_MAX_BYTES)
    }


def _added(request: HttpRequest, response: Response, form: FileForm) -> bool:
    try:
        given = checked(form.cleaned_data["upload"])
        services.add_file(response, request.user, given, form.cleaned_data["title"])
    except TooLateError:
        raise
    except ValidationError as error:
        form.add_error("upload", error)
        return False
    return True


@own
@require_POST
def take_away(request: HttpRequest, response: Response, key: object) -> HttpResponse:
    try:
        is_taken = services.take_file_away(response, request.user, str(key))
    except TooLateError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("responses:response", response.pk)
    if not is_taken:
        raise Http404
    messages.success(request, _("The file is taken away."))
    return redirect("responses:files", response.pk)


@own
@require_safe
def download(request: HttpRequest, response: Response, key: object) -> HttpResponse:
    """A file of the draft, or of what was deposited."""
    # What is erased holds nothing any more.
    draft = response.draft_content if response.draft else {}
    contents = [draft, response.deposited_content if response.deposited else {}]
    entries = [entry for content in contents for entry in content.get("files", [])]
    return serve(response, entries, key)
