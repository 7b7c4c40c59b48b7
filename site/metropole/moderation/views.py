"""What readers say of a page, and what its organisation says: without the admin."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from metropole.accounts.models import User
from metropole.accounts.views import too_many_requests
from metropole.content.models import ContentPage
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from . import accuracy as accuracies
from . import deletion, reports
from .forms import RemovalForm, ReportForm
from .policy import keepers

private = cache_control(private=True, no_store=True)


@private
@csrf_exempt
def report_error(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Says that something is wrong with a page. A visitor gets no cookie: the form's stamp shows that it is ours."""
    reported = reports.find_reported(kind, pk) if pk <= LARGEST_KEY else None
    if reported is None:
        raise Http404
    form = ReportForm(request.POST or None, reported=f"{kind}.{pk}")
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="error_report"):
            return too_many_requests(request)
        if not form.is_from_robot:
            said = {name: form.cleaned_data[name] for name in ("kind", "text", "email")}
            reports.receive(reported, language=get_language(), **said)
        return redirect("moderation:report_received")
    context = {
        "form": form,
        "heading": _("Report an error"),
        "reported": reported,
        "days": reports.median_days(),
    }
    return render(request, "moderation/report.html", context)


@private
def report_received(request: HttpRequest) -> HttpResponse:
    context = {"heading": _("Thank you: your report is received"), "days": reports.median_days()}
    return render(request, "moderation/report_received.html", context)


@private
@login_required
def accuracy(request: HttpRequest) -> HttpResponse:
    """What a contributor's organisations are asked about."""
    context = {"heading": _("Still accurate?"), "waiting": accuracies.for_person(request.user)}
    return render(request, "moderation/accuracy.html", context)


@private
@login_required
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    accuracies.confirm(_live_page(pk), request.user)
    messages.success(request, _("Thank you: readers see that it is accurate."))
    return redirect("moderation:accuracy")


@private
@csrf_exempt
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same, from an e-mail: the link holds who was asked about what, and nobody else has it."""
    keys = accuracies.read_token(token)
    if keys is None:
        raise Http404
    page, person = _live_page(keys[0]), get_object_or_404(User, pk=keys[1])
    if not policy.may(person, "content.confirm", page):
        raise Http404
    if request.method == "POST":
        accuracies.confirm(page, person)
    context = {"page_asked": page, "heading": _("Still accurate?"), "is_done": request.method == "POST"}
    return render(request, "moderation/confirm.html", context)


@private
@login_required
def ask_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks that a page of one's organisation be removed."""
    page = _live_page(pk)
    policy.require(request.user, "content.ask_deletion", page)
    kept_by = [keeper.pk for keeper in keepers(page)]
    owned = Organisation.objects.of(request.user, Right.CONTRIBUTES).verified().filter(pk__in=kept_by)
    form = RemovalForm(request.POST or None, organisations=owned, page=page)
    if request.method == "POST" and form.is_valid():
        try:
            deletion.ask(page, request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your request is sent: the moderators answer you here."))
            return redirect(page.url)
    context = {"form": form, "heading": _("Ask for a page to be removed"), "page_asked": page}
    return render(request, "moderation/removal.html", context)


def _live_page(pk: int) -> ContentPage:
    if pk > LARGEST_KEY:
        raise Http404
    return get_object_or_404(ContentPage.objects.live(), pk=pk).specific
