"""The documents of a need."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metropole.contributions.files.check import checked
from metropole.contributions.files.formats import ACCEPTED
from metropole.contributions.files.serving import file_response
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy

from ...models import Need, NeedFile
from ..forms import FileForm
from ..services import MOST_FILES, add_file, remove_file
from .common import frame, writing


@writing
def files(request: HttpRequest, need: Need) -> HttpResponse:
    """The documents, and one more: it is taken wholly, or refused wholly with the reason."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    form.fields["upload"].widget.attrs["accept"] = ACCEPTED
    if request.method == "POST" and form.is_valid() and _added(request, need, form):
        messages.success(request, _("The file is added."))
        return redirect("drafting:files", need.key)
    context = {"files": need.files.filter(removed_at=None), "form": form, "most": MOST_FILES}
    return render(request, "drafting/files.html", frame(need, "files") | context)


def _added(request: HttpRequest, need: Need, form: FileForm) -> bool:
    try:
        add_file(need, form.save(commit=False), checked(form.cleaned_data["upload"]), request.user)
    except ValidationError as error:
        form.add_error("upload", error)
        return False
    return True


@writing
def remove(request: HttpRequest, need: Need, pk: int) -> HttpResponse:
    """Asks first."""
    file = get_object_or_404(need.files.filter(removed_at=None), pk=pk)
    if request.method == "POST":
        try:
            remove_file(file, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The file is taken away."))
        return redirect("drafting:files", need.key)
    context = {"heading": _("Take this document away"), "need": need, "file": file}
    return render(request, "drafting/remove.html", context)


@require_safe
def file(request: HttpRequest, key: object, pk: int, name: str) -> HttpResponse:
    """A document, for who may read its need: everybody once it is published. What the antivirus refuses, nobody."""
    if pk > LARGEST_KEY:
        raise Http404
    found = get_object_or_404(NeedFile.objects.select_related("need"), pk=pk, need__key=key, name=name)
    if not found.is_clean or not policy.may(request.user, "need.read", found.need):
        raise Http404
    return file_response(found.file, found.name)
