"""How the panel reads: interests first, then each response, one's own notes, the common opinion, the decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from metropole.board.models import Need
from metropole.core.policy import policy
from metropole.organisations.views.screens import done

from ...models import Declaration, Note, Opinion
from .. import deciding, exchanging, reading
from ..forms import DecisionForm, DeclarationForm, NotesForm, OpinionForm
from ..panel import Labelled, awaited, labelled, names_are_shown, readers
from .common import need_screen, panel_screen, readable, response_screen


@need_screen("panel.declare")
def declaration(request: HttpRequest, need: Need) -> HttpResponse:
    """Before anything is read, and again whenever an interest is found."""
    known = Declaration.objects.filter(need=need, person=request.user).first()
    form = None if known and known.has_conflict else DeclarationForm(request.POST or None)
    if request.method == "POST" and form and form.is_valid():

        def act() -> None:
            statement = form.cleaned_data["statement"]
            reading.declare(need, request.user, has_conflict=form.has_conflict, statement=statement)

        if done(request, act, _("Your declaration is kept with the file."), form):
            if form.has_conflict:
                return redirect("board:manage", need.key)
            return redirect("opening:responses", need.key)
    context = {
        "heading": _("Declaration of interests"),
        "need": need,
        "known": known,
        "form": form,
        # Without their names nobody could say whether they have an interest in one of them.
        "names": sorted(one.name for one in labelled(need) if one.name) if form else [],
        "is_anonymous": not names_are_shown(need),
    }
    return render(request, "opening/declaration.html", context)


@panel_screen
def responses(request: HttpRequest, need: Need) -> HttpResponse:
    """All that may be read, in an order of chance, with where each stands."""
    shown = readable(request, need)
    own = {one.response_id: one for one in Note.objects.filter(response__need=need, person=request.user)}
    opened = set(need.responses.filter(readings__person=request.user).values_list("pk", flat=True))
    context = {
        "heading": _("Responses"),
        "need": need,
        "rows": [(one, own.get(one.response.pk), one.response.pk in opened) for one in shown],
        "hidden": len(labelled(need)) - len(shown),
        "is_anonymous": not names_are_shown(need),
        "readers": [(person, len(awaited(need, person))) for person in readers(need)],
        "conflicts": Declaration.objects.filter(need=need, has_conflict=True).count(),
        "may_lead": policy.may(request.user, "panel.lead", need),
    }
    return render(request, "opening/responses.html", context)


@response_screen
def response(request: HttpRequest, need: Need, found: Labelled) -> HttpResponse:
    """What it says, what is noted on it, and what can be done now."""
    person, given = request.user, found.response
    reading.opened_by(given, person)
    deposit = found.deposit
    files = deposit.files if deposit else []
    answers = given.exchange_answers.select_related("exchange").order_by("exchange__sent_at")
    context = {
        "heading": found.title,
        "need": need,
        "found": found,
        "reading": deposit,
        "files": [(one, reverse("opening:file", args=[need.key, given.pk, one["id"]])) for one in files],
        "notes": reading.notes_for(given, person),
        "opinion": getattr(given, "opinion", None),
        "decision": getattr(given, "decision", None),
        "readings": given.readings.select_related("person"),
        "now": timezone.now(),
        "exchanges": [(answer, exchanging.readable_words(answer)) for answer in answers],
        "may_note": policy.may(person, "response.note", given),
        "may_opine": policy.may(person, "response.opine", given),
        "may_decide": policy.may(person, "response.decide", given),
    }
    return render(request, "opening/response.html", context)


@response_screen
def notes(request: HttpRequest, need: Need, found: Labelled) -> HttpResponse:
    """One's own notes."""
    policy.require(request.user, "response.note", found.response)
    criteria = reading.criteria_of(need)
    kept = Note.objects.filter(response=found.response, person=request.user).first() or Note()
    initial = NotesForm.initial_of(kept.points, kept.text, criteria)
    form = NotesForm(criteria, need.language, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        is_finished = "finish" in request.POST

        def act() -> None:
            text = form.cleaned_data["text"]
            reading.note(found.response, request.user, form.points, text, is_finished=is_finished)

        if done(request, act, _("Your notes are kept. Nobody else reads them yet."), form):
            return redirect("opening:response", need.key, found.response.pk)
    context = {"heading": _("My notes: %(response)s") % {"response": found.title}, "need": need, "found": found}
    return render(request, "opening/notes.html", context | {"form": form, "is_finished": kept.finished_at is not None})


@response_screen
def opinion(request: HttpRequest, need: Need, found: Labelled) -> HttpResponse:
    """What the panel thinks together."""
    policy.require(request.user, "response.opine", found.response)
    criteria = reading.criteria_of(need)
    kept = getattr(found.response, "opinion", None)
    known = kept or Opinion()
    initial = OpinionForm.initial_of(known.points, known.text, criteria)
    form = OpinionForm(criteria, need.language, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = _("The common opinion is kept. The notes of all are read by the panel now, and stand.")
        text = form.cleaned_data["text"]
        if done(request, lambda: reading.opine(found.response, request.user, form.points, text), said, form):
            return redirect("opening:response", need.key, found.response.pk)
    context = {
        "heading": _("Common opinion: %(response)s") % {"response": found.title},
        "need": need,
        "found": found,
        "form": form,
        "is_begun": kept is not None,
        "notes": reading.notes_for(found.response, request.user),
    }
    return render(request, "opening/opinion.html", context)


@response_screen
def decision(request: HttpRequest, need: Need, found: Labelled) -> HttpResponse:
    """Recorded for the panel; told to all with the outcome."""
    policy.require(request.user, "response.decide", found.response)
    form = DecisionForm(need, getattr(found.response, "decision", None), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = _("The decision is recorded. It is told with the outcome, to all at once.")

        def act() -> None:
            deciding.decide(found.response, request.user, given["verdict"], given["reason"], given["ground"])

        if done(request, act, said, form):
            return redirect("opening:responses", need.key)
    context = {"heading": _("Decision: %(response)s") % {"response": found.title}, "need": need, "found": found}
    return render(request, "opening/decision.html", context | {"form": form})
