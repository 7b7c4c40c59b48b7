"""The screens on which members of companies ask, and the agents of the lead authority answer."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.views.screens import done, screen

from ..models import Need, Question
from . import services
from .deadlines import why_no_answer, why_no_question
from .forms import AnswerForm, AskForm, CorrectionForm, DismissalForm
from .policy import why_not_asking
from .traces import own_traces
from .workspace import own_questions, to_answer

View = Callable[..., HttpResponse]


@screen
def mine(request: HttpRequest) -> HttpResponse:
    """What one has asked and what became of it; what waits for an answer of one's authorities."""
    context = {
        "heading": _("Questions on needs"),
        "waiting": to_answer(request.user),
        "asked": own_questions(request.user),
    }
    return render(request, "questions/mine.html", context)


@screen
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """From a need's page: what one would like to know, read once more before it is sent."""
    need = get_object_or_404(Need.objects.published().with_texts().select_related("organisation"), slug=slug)
    form = AskForm(need, request.user, request.POST if request.method == "POST" else None)
    refusal = why_no_question(need) or why_not_asking(request.user, need)
    status = HTTPStatus.FORBIDDEN if refusal else HTTPStatus.OK
    if request.method == "POST" and not refusal and form.is_valid():
        if request.POST.get("step") == "send":
            status = _sent(request, need, form)
            if status == HTTPStatus.FOUND:
                return redirect("questions:mine")
        elif request.POST.get("step") != "change":
            return _to_confirm(request, need, form)
    context = {"heading": _("Ask a question"), "need": need, "form": form, "refusal": refusal}
    return render(request, "questions/ask.html", context, status=status)


def _sent(request: HttpRequest, need: Need, form: AskForm) -> HTTPStatus:
    """What is answered: where it is not sent, the form says why and keeps what was typed."""
    if not consume(request, action="question", user=request.user):
        form.add_error(None, _("You have asked many questions in a short time: send this one in an hour."))
        return HTTPStatus.TOO_MANY_REQUESTS
    organisation, text = form.cleaned_data["organisation"], form.cleaned_data["text"]
    said = _("Your question is sent, without your name. You are told when it is answered.")
    sent = done(request, lambda: services.ask(need, organisation, text, request.user), said, form)
    return HTTPStatus.FOUND if sent else HTTPStatus.FORBIDDEN


def _to_confirm(request: HttpRequest, need: Need, form: AskForm) -> HttpResponse:
    organisation, text = form.cleaned_data["organisation"], form.cleaned_data["text"]
    context = {
        "heading": _("Read your question once more"),
        "need": need,
        "organisation": organisation,
        "text": text,
        "traces": own_traces(text, request.user, organisation),
    }
    return render(request, "questions/confirm.html", context)


def handled(view: View) -> View:
    """A screen of a question, for who answers it: for all others, the asker among them, it is not there."""

    @wraps(view)
    def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
        found = get_object_or_404(Question.objects.select_related("need__organisation"), pk=pk)
        if not policy.may(request.user, "question.handle", found):
            raise Http404
        return view(request, found)

    return screen(opened)


@handled
def question(request: HttpRequest, question: Question) -> HttpResponse:
    """What is asked, by nobody knows whom: to be reworded and answered, or set aside."""
    posted = request.POST.dict() if request.POST.get("action") in ("keep", "publish") else None
    form = AnswerForm(question, posted)
    dismissal = DismissalForm(request.POST if request.POST.get("action") == "dismiss" else None)
    if request.method == "POST" and _decided(request, question, form, dismissal):
        return redirect("board:manage", question.need.key)
    question.refresh_from_db(fields=["state", "published_text", "answer", "published_at", "dismissal"])
    has_changed = form.show(question)
    context = {
        "heading": _("A question on a need"),
        "question": question,
        "refusal": why_no_answer(question.need),
        "may_publish": policy.may(request.user, "question.publish", question),
        "kept": question if has_changed and question.is_waiting else None,
        "form": form,
        "dismissal": dismissal,
    }
    return render(request, "questions/question.html", context)


def _decided(request: HttpRequest, question: Question, form: AnswerForm, dismissal: DismissalForm) -> bool:
    action, person = request.POST.get("action"), request.user
    if action == "dismiss":
        said = _("It is set aside: who asked is told why.")
        return _is_done(request, dismissal, said, lambda given: services.dismiss(question, given["reason"], person))
    if action == "keep":
        said = _("It is kept: your colleagues and the moderators can go on with it. Nobody else reads it.")
        return _is_done(
            request,
            form,
            said,
            lambda given: services.reword(question, given["published_text"], given["answer"], person, given["seen"]),
        )
    if action == "publish":
        said = _("It is published: everybody reads the question with its answer.")
        return _is_done(
            request,
            form,
            said,
            lambda given: services.publish(
                question,
                given["published_text"],
                given["answer"],
                person,
                given["seen"],
                is_reread=given["is_reread"],
            ),
        )
    raise Http404


def _is_done(request: HttpRequest, form: Form, said: str, act: Callable[[dict], object]) -> bool:
    return form.is_valid() and done(request, lambda: act(form.cleaned_data), said, form)


@handled
def correct(request: HttpRequest, question: Question) -> HttpResponse:
    """Adds a dated correction below what is published."""
    policy.require(request.user, "question.publish", question)
    if not question.is_published:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        said = _("The correction is published below the answer.")
        if _is_done(request, form, said, lambda given: services.correct(question, given["correction"], request.user)):
            return redirect("board:manage", question.need.key)
    elif why := why_no_answer(question.need) or (question.correction and _("This answer is corrected already.")):
        messages.error(request, why)
        return redirect("questions:question", question.pk)
    context = {"heading": _("Correct an answer"), "question": question, "form": form}
    return render(request, "questions/correct.html", context)
