"""What is asked of respondents: by the panel, and as they read and answer it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.board.models import Need
from metropole.core.policy import policy
from metropole.organisations.views.screens import done, screen

from ...models import ExchangeAnswer
from ...policy import is_studied
from .. import exchanging
from ..forms import AnswerForm, ExchangeForm
from .common import own_response, panel_screen, readable


@panel_screen
def exchanges(request: HttpRequest, need: Need) -> HttpResponse:
    """All that was asked, for the whole panel; the lead asks more."""
    shown = readable(request, need)
    titles = {one.response.pk: one.title for one in shown}
    may_ask = policy.may(request.user, "panel.lead", need) and bool(shown)
    form = ExchangeForm(shown, request.POST or None) if may_ask else None
    if request.method == "POST" and form is None:
        policy.require(request.user, "panel.lead", need)
    if request.method == "POST" and form and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            exchanging.invite(need, request.user, given["kind"], given["text"], given["due_at"], form.chosen)

        if done(request, act, _("It is sent to all who are invited, at the same instant."), form):
            return redirect("opening:exchanges", need.key)
    found = need.exchanges.prefetch_related("answers__response")
    context = {
        "heading": _("Exchanges with respondents"),
        "need": need,
        "form": form,
        "exchanges": [(exchange, _answers(exchange, titles)) for exchange in found],
        "now": timezone.now(),
    }
    return render(request, "opening/exchanges.html", context)


def _answers(exchange, titles: dict) -> list[tuple[str, ExchangeAnswer, str]]:
    answers = [answer for answer in exchange.answers.all() if answer.response_id in titles]
    for answer in answers:
        answer.exchange = exchange
    named = [(titles[answer.response_id], answer, exchanging.readable_words(answer)) for answer in answers]
    return sorted(named, key=lambda row: row[0])


@screen
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one's organisation is asked, and its answer."""
    related = ExchangeAnswer.objects.select_related("exchange__need__organisation", "response__organisation")
    found = related.filter(pk=pk).first()
    if found is None or not policy.may(request.user, "exchange.see_own", found):
        raise Http404
    need, words = found.exchange.need, exchanging.own_words(found)
    is_open = timezone.now() < found.exchange.due_at and is_studied(need)
    may_answer = is_open and policy.may(request.user, "exchange.answer", found)
    form = AnswerForm(request.POST or None, initial={"text": words}) if may_answer or request.method == "POST" else None
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        said = _("Your answer is kept. You may change it until the time is over; nobody reads it before.")
        if done(request, lambda: exchanging.answer(found, request.user, text), said, form):
            return redirect("opening:answer", pk)
    context = {"heading": _("A question about your response"), "found": found, "need": need, "form": form}
    return render(request, "opening/answer.html", context | {"words": words, "is_open": is_open})


@screen
def received(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of a response, for its own organisation: what was asked, then what was decided."""
    found = own_response(request, pk)
    decision = getattr(found, "decision", None)
    context = {
        "heading": _("What became of your response"),
        "response": found,
        "need": found.need,
        "decision": decision if decision and decision.told_at else None,
        "exchanges": found.exchange_answers.select_related("exchange").order_by("exchange__sent_at"),
    }
    return render(request, "opening/received.html", context)
