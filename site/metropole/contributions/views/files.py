"""The files of a contribution."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from ..files.check import checked
from ..files.documents import MOST_FILES, add_file, take_away
from ..files.formats import ACCEPTED
from ..files.serving import file_response
from ..forms import FileForm, FileWordsForm
from ..headings import heading
from ..kinds import kind_of
from ..models import ContributedFile, Contribution
from .common import own


@own
def files(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """The files, and one more: it is taken wholly, or refused wholly with the reason."""
    kind = kind_of(contribution)
    if kind.files is None:
        raise Http404
    if not contribution.is_being_written:
        return redirect("contributions:contribution", contribution.pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    form.fields["upload"].widget.attrs["accept"] = ACCEPTED
    if request.method == "POST" and form.is_valid() and _added(contribution, form):
        messages.success(request, _("The file is added."))
        return redirect("contributions:files", contribution.pk)
    context = {
        "heading": heading(contribution, kind),
        "contribution": contribution,
        "kind": kind,
        "files": contribution.files.filter(is_removed=False),
        "form": form,
        "most": MOST_FILES,
    }
    return render(request, "contributions/files.html", context)


def _added(contribution: Contribution, form: FileForm) -> bool:
    try:
        add_file(contribution, form.save(commit=False), checked(form.cleaned_data["upload"]))
    except ValidationError as error:
        form.add_error("upload", error)
        return False
    return True


@own
def file(request: HttpRequest, contribution: Contribution, file_pk: int) -> HttpResponse:
    """What is said of a file; or it is taken away."""
    found = _file(contribution, file_pk)
    if not contribution.is_being_written:
        return redirect("contributions:contribution", contribution.pk)
    if request.method == "POST" and "take_away" in request.POST:
        take_away(found)
        messages.success(request, _("The file is taken away."))
        return redirect("contributions:files", contribution.pk)
    form = FileWordsForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("contributions:files", contribution.pk)
    context = {"heading": found.name, "contribution": contribution, "file": found, "form": form}
    return render(request, "contributions/file.html", context)


@own
def download(request: HttpRequest, contribution: Contribution, file_pk: int, name: str) -> HttpResponse:
    found = _file(contribution, file_pk)
    if name != found.name or not policy.may(request.user, "file.read", found):
        raise Http404
    return file_response(found.file, found.name)


def _file(contribution: Contribution, file_pk: int) -> ContributedFile:
    return get_object_or_404(contribution.files.filter(is_removed=False), pk=file_pk)
