"""How two people open responses, and the minutes of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.board.models import Need
from metropole.board.policy import carries
from metropole.core.pdf import trouble
from metropole.core.policy import policy
from metropole.organisations.views.screens import done

from ...models import Opening
from .. import asking
from ..forms import StatementForm
from ..printing import minutes_context, minutes_pdf
from .common import need_screen
from .files import pdf_response


@need_screen("opening.ask", "need.open_responses")
def opening(request: HttpRequest, need: Need) -> HttpResponse:
    """Ask for it, or confirm what somebody else has asked for."""
    if need.opened_at:
        return redirect("opening:minutes", need.key)
    found = Opening.objects.filter(need=need).select_related("asked_by", "asked_for").first()
    if request.method == "POST" and request.POST.get("action") == "take_back":
        done(request, lambda: asking.take_back(need, request.user), _("The request is taken back."))
        return redirect("opening:opening", need.key)
    is_own = found is not None and found.asked_by == request.user
    may_ask = policy.may(request.user, "opening.ask", need)
    if found is None and not may_ask:
        raise Http404
    form = None if is_own else StatementForm(request.POST or None)
    if request.method == "POST" and form and form.is_valid():
        statement = form.cleaned_data["statement"]
        if found and done(request, lambda: asking.confirm(need, request.user, statement), _opened_words(), form):
            return redirect("opening:minutes", need.key)
        asked = _("It is asked for. Somebody else now confirms it.")
        if not found and done(request, lambda: asking.ask(need, request.user, statement), asked, form):
            return redirect("opening:opening", need.key)
    context = {
        "heading": _("Opening of the responses"),
        "need": need,
        "opening": found,
        "form": form,
        "is_own": is_own,
        "may_take_back": found is not None and may_ask,
        "able": asking.seconds(found) if found else [],
    }
    return render(request, "opening/opening.html", context)


@need_screen("opening.minutes")
def minutes(request: HttpRequest, need: Need) -> HttpResponse:
    """What was there when it was opened: numbers and SHA-256."""
    found = _opened(need)
    context = {
        "heading": _("Minutes of the opening"),
        "need": need,
        "pdf_trouble": trouble(),
        "may_read": carries(request.user, need),
        **minutes_context(found),
    }
    return render(request, "opening/minutes.html", context)


@need_screen("opening.minutes")
def minutes_file(request: HttpRequest, need: Need) -> HttpResponse:
    found = _opened(need)
    back = ("opening:minutes", need.key)
    return pdf_response(
        request, lambda: minutes_pdf(found), _("opening-minutes.pdf"), _("Minutes of the opening"), back
    )


def _opened_words() -> str:
    return _("The responses are opened. Each reader now declares their interests, then reads.")


def _opened(need: Need) -> Opening:
    """Raises Http404 for a need that was opened without minutes, as examples are."""
    related = Opening.objects.select_related("asked_by", "confirmed_by")
    return get_object_or_404(related, need=need, confirmed_at__isnull=False)
