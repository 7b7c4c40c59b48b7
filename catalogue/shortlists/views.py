"""The shortlists of one's authorities. Those of others are not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from metropole.core.pdf import trouble
from metropole.core.policy import policy
from metropole.core.screens import own_screen

from ..comparison.choosing import chosen, in_reader_language, others
from ..comparison.offer import PARAMETER
from ..workbooks import response
from . import report, services
from .copying import written
from .forms import ConsiderForm, NewShortlistForm, ShortlistForm, VerdictForm, drawing_organisations
from .models import Shortlist, ShortlistedSolution
from .workbook import shortlist_workbook

View = Callable[..., HttpResponse]


def own_shortlist(view: View) -> View:
    """Gives the view the shortlist; one of another organisation is not there."""

    @wraps(view)
    def with_shortlist(request: HttpRequest, pk: str, **kwargs) -> HttpResponse:
        related = Shortlist.objects.select_related("organisation__territory", "drawn_up_by")
        shortlist = get_object_or_404(related, pk=pk)
        if not policy.may(request.user, "shortlist.read", shortlist):
            raise Http404
        return view(request, shortlist, **kwargs)

    return own_screen(with_shortlist)


def still_open(view: View) -> View:
    """For what changes it: nobody changes it any more once it is locked."""

    @wraps(view)
    def unlocked(request: HttpRequest, shortlist: Shortlist, **kwargs) -> HttpResponse:
        if not policy.may(request.user, "shortlist.edit", shortlist):
            messages.error(request, _("This shortlist is locked: it stays as it is."))
            return redirect(shortlist)
        try:
            return view(request, shortlist, **kwargs)
        except PermissionDenied:
            # Somebody has locked it in the meantime.
            messages.error(request, _("This shortlist is locked: it stays as it is."))
            return redirect(shortlist)

    return own_shortlist(unlocked)


def locked(view: View) -> View:
    """For what is made of its copy, which it has once it is locked."""

    @wraps(view)
    def with_copy(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
        if not shortlist.is_locked:
            raise Http404
        return view(request, shortlist)

    return own_shortlist(require_safe(with_copy))


@own_screen
def index(request: HttpRequest) -> HttpResponse:
    """Those of all one's authorities."""
    organisations = drawing_organisations(request.user)
    found = Shortlist.objects.filter(organisation__in=organisations).select_related("organisation__territory")
    context = {"heading": _("Shortlists"), "shortlists": found.defer("content"), "may_draw_up": bool(organisations)}
    return render(request, "shortlists/index.html", context)


@own_screen
def new(request: HttpRequest) -> HttpResponse:
    """A new one, with the solutions that the address names."""
    organisations = drawing_organisations(request.user)
    heading = _("Draw up a shortlist")
    if not organisations:
        return render(request, "shortlists/index.html", {"heading": heading, "may_draw_up": False})
    form = NewShortlistForm(request.POST or None, organisations=organisations)
    pages = chosen(request.GET.getlist(PARAMETER)).pages
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.draw_up(form.save(commit=False), request.user, pages))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "shortlists/new.html", {"heading": heading, "form": form, "pages": pages})


@own_shortlist
@require_safe
def shortlist(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """What it says and holds, and what may be done with it."""
    considered = list(shortlist.considered.all())
    pages = in_reader_language({one.solution_key for one in considered})
    context = {
        "heading": shortlist.title,
        "shortlist": shortlist,
        "considered": [(one, pages.get(one.solution_key)) for one in considered],
        "missing": [] if shortlist.is_locked else services.missing_to_lock(shortlist),
        "pdf_trouble": trouble() if shortlist.is_locked else "",
    }
    return render(request, "shortlists/shortlist.html", context)


@still_open
def edit(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """Its title, its need, its criteria."""
    form = ShortlistForm(request.POST or None, instance=shortlist)
    if request.method == "POST" and form.is_valid():
        services.change(form.instance, form.changed_data, request.user)
        return redirect(shortlist)
    return render(
        request, "shortlists/edit.html", {"heading": _("What it is for"), "form": form, "shortlist": shortlist}
    )


@still_open
def consider(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """Solutions to add, ticked in the catalogue's list."""
    held = in_reader_language(set(shortlist.considered.values_list("solution_key", flat=True)))
    form = ConsiderForm(request.POST or None, pages=others(list(held.values())))
    if request.method == "POST" and form.is_valid():
        try:
            services.consider(shortlist, chosen(form.cleaned_data["solution"]).pages, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(shortlist)
    context = {"heading": _("Add solutions"), "form": form, "shortlist": shortlist}
    return render(request, "shortlists/consider.html", context)


@still_open
def judge(request: HttpRequest, shortlist: Shortlist, number: int) -> HttpResponse:
    """Why a solution is kept or left out."""
    considered = _considered(shortlist, number)
    form = VerdictForm(request.POST or None, instance=considered)
    if request.method == "POST" and form.is_valid():
        services.judge(form.instance, request.user)
        return redirect(shortlist)
    context = {"heading": considered.title, "form": form, "shortlist": shortlist, "considered": considered}
    return render(request, "shortlists/judge.html", context)


@still_open
@require_POST
def forget(request: HttpRequest, shortlist: Shortlist, number: int) -> HttpResponse:
    services.forget(_considered(shortlist, number), request.user)
    return redirect(shortlist)


@still_open
def delete(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    if request.method == "POST":
        services.delete(shortlist, request.user)
        messages.success(request, _("The shortlist “%(title)s” is deleted.") % {"title": shortlist.title})
        return redirect("shortlists:index")
    return render(request, "shortlists/delete.html", {"heading": _("Delete this shortlist"), "shortlist": shortlist})


@still_open
def lock(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """Before it cannot be changed any more."""
    missing = services.missing_to_lock(shortlist)
    if request.method == "POST":
        try:
            services.lock(shortlist, request.user)
        except ValidationError as error:
            missing = error.messages
        else:
            messages.success(request, _("The shortlist is locked. Its report can be downloaded."))
            return redirect(shortlist)
    context = {"heading": _("Lock this shortlist"), "shortlist": shortlist, "missing": missing}
    return render(request, "shortlists/lock.html", context)


@locked
def pdf(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """The sourcing report, for the file of the purchase."""
    if missing := trouble():
        context = {"heading": _("Sourcing report"), "shortlist": shortlist, "trouble": missing}
        return render(request, "shortlists/no_pdf.html", context, status=503)
    return _file(report.pdf(shortlist), "application/pdf", _("sourcing-report.pdf"))


@locked
def xlsx(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    return response(shortlist_workbook(shortlist), _("sourcing-report.xlsx"))


@locked
def content(request: HttpRequest, shortlist: Shortlist) -> HttpResponse:
    """The very bytes of which the SHA-256 is printed, for who wants to check it."""
    return _file(written(shortlist.content), "application/json", _("sourcing-report.json"))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _considered(shortlist: Shortlist, number: int) -> ShortlistedSolution:
    considered = get_object_or_404(shortlist.considered, pk=number) if number < 2**31 else None
    if considered is None:
        raise Http404
    considered.shortlist = shortlist
    return considered
