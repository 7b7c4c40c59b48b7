"""What people agree to: the texts for everyone to read, and the screen where they agree."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metropole.core.navigation import Link, trail
from metropole.core.policy import policy

from .. import legal
from ..enums import LegalKind
from ..forms import AcceptanceForm, ChoiceForm
from ..models import LegalText, Organisation
from .screens import screen


def legal_text(request: HttpRequest, kind: LegalKind, version: int | None = None) -> HttpResponse:
    """The version in force, or one before it, with the list of all."""
    versions = list(LegalText.objects.in_force().filter(kind=kind).order_by("-effective_at", "-version"))
    shown = versions[:1] if version is None else [one for one in versions if one.version == version]
    if version is not None and not shown:
        raise Http404
    text = shown[0] if shown else None
    title = capfirst(str(kind.label))
    context = {
        "heading": title,
        "text": text,
        "prose": text.text_for(get_language()) if text else "",
        "prose_language": text.language_for(get_language()) if text else "",
        "is_current": shown == versions[:1],
        "versions": versions,
        "kind": kind,
        "breadcrumb": trail(Link(title, request.path)),
        "written_in": text.languages if text else None,
    }
    return render(request, "organisations/legal_text.html", context)


@screen
def accept_texts(request: HttpRequest) -> HttpResponse:
    """Reads and accepts what is missing, then goes on to where one was."""
    organisation = _organisation(request)
    texts = legal.missing(request.user, organisation)
    destination = _destination(request)
    form = AcceptanceForm(request.POST or None, texts=texts)
    if not texts:
        return redirect(destination)
    if request.method == "POST" and form.is_valid():
        for text in texts:
            legal.accept(request.user, text, organisation)
        messages.success(request, _("Thank you: your agreement is recorded."))
        return redirect(destination)
    language = get_language()
    context = {
        "heading": _("Before you go on"),
        "form": form,
        "organisation": organisation,
        "texts": [(text, text.text_for(language), text.language_for(language)) for text in texts],
    }
    return render(request, "organisations/workspace/accept_texts.html", context)


def _organisation(request: HttpRequest) -> Organisation | None:
    choice = ChoiceForm(request.GET)
    if not choice.is_valid():
        raise Http404
    slug = choice.cleaned_data["organisation"]
    if not slug:
        return None
    organisation = get_object_or_404(Organisation, slug=slug)
    if not policy.may(request.user, "legal.accept", organisation):
        raise Http404
    return organisation


def _destination(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "organisations:mine"
