"""The screens on which agents say what their authority uses, confirm what a colleague said, and write to each other."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.accounts.views import too_many_requests
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy
from metropole.organisations.views.screens import done, screen

from ..models import SolutionPage
from . import relay, services
from .display import history
from .enums import DeploymentState
from .forms import CorrectForm, DeclareForm, MessageForm, RefusalForm, StageForm, StopForm
from .models import Deployment, DeploymentStage
from .policy import refusal_of_person
from .services import AlreadyThereError
from .statements import Said
from .workspace import to_confirm

View = Callable[..., HttpResponse]


def own_deployment(view: View) -> View:
    """A screen of a deployment, for the agents of its authority: for all others it is not there."""

    @wraps(view)
    def opened(request: HttpRequest, pk: int) -> HttpResponse:
        found = _found(pk)
        if not policy.may(request.user, "deployment.see", found):
            raise Http404
        return view(request, found)

    return screen(opened)


@screen
def mine(request: HttpRequest) -> HttpResponse:
    """What one's authorities use, and what waits for one's confirmation."""
    found = Deployment.objects.of_contributor(request.user).standing()
    context = {
        "heading": _("Deployments"),
        "waiting": to_confirm(request.user),
        "deployments": found.select_related("solution__locale", "organisation"),
        "may_declare": bool(DeclareForm.authorities(request.user)),
    }
    return render(request, "deployments/mine.html", context)


@screen
def declare(request: HttpRequest, page_pk: int) -> HttpResponse:
    """From a solution's sheet: one's authority uses it."""
    solution = get_object_or_404(SolutionPage.objects.published(), pk=_key(page_pk))
    form = DeclareForm(solution, request.user, request.POST or None, proposed=request.GET.get("organisation", ""))
    context = {
        "heading": _("Your authority uses this solution"),
        "solution": solution,
        "form": form,
        "refusals": [why for why in form.refusals.values() if why],
    }
    if why := refusal_of_person(solution, request.user):
        context["refusals"].append(why)
    if why or not form.fields["organisation"].choices:
        if request.method == "POST":
            form.is_valid()
        return render(request, "deployments/nobody.html", context, status=HTTPStatus.FORBIDDEN)
    if request.method == "POST" and form.is_valid():
        answer = _declared(request, form)
        if answer:
            return answer
    return render(request, "deployments/declare.html", context)


def _declared(request: HttpRequest, form: DeclareForm) -> HttpResponse | None:
    """Where to go on; None where its form says why it is not possible."""
    declared: list[Deployment] = []
    organisation = form.cleaned_data["organisation"]

    def act() -> None:
        try:
            declared.append(services.declare(form.solution, organisation, form.said, request.user))
        except AlreadyThereError as error:
            form.already_there = error.deployment
            raise

    if not done(request, act, _("It is declared. Everybody reads it once a second agent has confirmed it."), form):
        return None
    return redirect("deployments:deployment", declared[0].pk)


@own_deployment
def deployment(request: HttpRequest, deployment: Deployment) -> HttpResponse:
    """What is said of it, what waits, and what can be done now."""
    return _show(request, deployment, RefusalForm())


def _show(request: HttpRequest, deployment: Deployment, form: RefusalForm) -> HttpResponse:
    person, asked = request.user, _to_decide(deployment)
    stages = list(deployment.stages.public().in_order())
    action = "deployment.take_over" if asked and asked.state == DeploymentState.SOURCED else "deployment.confirm"
    may_change = policy.may(person, "deployment.change", deployment)
    is_standing = deployment.is_public or deployment.state == DeploymentState.DECLARED
    context = {
        "heading": deployment.solution.title,
        "deployment": deployment,
        "stages": history(deployment, stages),
        "asked": asked,
        "waiting": deployment.waiting,
        "may_decide": asked is not None and policy.may(person, action, asked),
        "says_enough": asked is not None and services.says_enough(asked),
        "may_change": may_change and is_standing,
        "has_next": deployment.is_public and not deployment.is_stopped,
        "form": form,
    }
    return render(request, "deployments/deployment.html", context)


def _to_decide(deployment: Deployment) -> DeploymentStage | None:
    """What a colleague has declared; else what sources say, which nobody of the authority has confirmed."""
    waiting = deployment.waiting
    return waiting or deployment.stages.filter(state=DeploymentState.SOURCED).first()


@own_deployment
def decide(request: HttpRequest, deployment: Deployment) -> HttpResponse:
    """Confirms, refuses or takes back what the person has read: not what it may have become meanwhile."""
    if request.method != "POST":
        return redirect("deployments:deployment", deployment.pk)
    pk = request.POST.get("stage", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    stage = get_object_or_404(deployment.stages, pk=int(pk))
    stage.deployment = deployment
    action, person = request.POST.get("action"), request.user
    if action == "confirm":
        done(request, lambda: services.confirm(stage, person), _("Thank you: everybody reads it now."))
    elif action == "withdraw":
        done(request, lambda: services.withdraw(stage, person), _("It is taken back."))
    elif action == "refuse":
        form = RefusalForm(request.POST)
        said = _("It is refused: who declared it is told.")
        if not form.is_valid() or not done(
            request, lambda: services.refuse(stage, person, form.cleaned_data["reason"]), said, form
        ):
            return _show(request, deployment, form)
    else:
        raise Http404
    return redirect("deployments:deployment", deployment.pk)


@own_deployment
def stage(request: HttpRequest, deployment: Deployment) -> HttpResponse:
    form = StageForm(deployment, request.POST or None)
    return _changed(request, deployment, form, _("Another stage"), is_possible=not deployment.is_stopped)


@own_deployment
def stop(request: HttpRequest, deployment: Deployment) -> HttpResponse:
    form = StopForm(deployment, request.POST or None)
    return _changed(request, deployment, form, _("Say that it has stopped"), is_possible=not deployment.is_stopped)


@own_deployment
def correct(request: HttpRequest, deployment: Deployment) -> HttpResponse:
    form = CorrectForm(deployment, _present(deployment), request.POST or None)
    return _changed(request, deployment, form, _("Correct"))


def _present(deployment: Deployment) -> Said:
    """What is said of it now, with the beginning of its stage."""
    last = deployment.waiting or deployment.stages.filter(state=deployment.state).in_order().last()
    if last is None:
        raise Http404
    return Said(since=last.since, **last.said)


def _changed(
    request: HttpRequest, deployment: Deployment, form: BaseForm, heading: str, *, is_possible: bool = True
) -> HttpResponse:
    policy.require(request.user, "deployment.change", deployment)
    if not is_possible:
        messages.error(request, _("It has stopped: declare anew that your authority uses it."))
        return redirect("deployments:deployment", deployment.pk)
    if request.method == "POST" and form.is_valid():
        said = _("It is declared. Everybody reads it once a second agent has confirmed it.")
        if done(request, lambda: services.change(deployment, form.said, request.user), said, form):
            return redirect("deployments:deployment", deployment.pk)
    context = {"heading": heading, "deployment": deployment, "form": form, "is_stop": isinstance(form, StopForm)}
    return render(request, "deployments/change.html", context)


@screen
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes to the authority that uses a solution, whose agents' addresses are not shown."""
    found = _found(pk)
    if not found.is_public:
        raise Http404
    policy.require(request.user, "deployment.write_to", found)
    form = MessageForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="deployment_message", user=request.user):
            return too_many_requests(request)
        authority, text = form.cleaned_data["organisation"], form.cleaned_data["text"]
        said = _("Your message is handed on. Who receives it answers you by e-mail.")
        if done(request, lambda: relay.write(found, request.user, authority, text), said, form):
            return redirect(found.solution.url)
    words = {"organisation": found.organisation.name}
    context = {"heading": _("Write to %(organisation)s") % words, "deployment": found, "form": form}
    return render(request, "deployments/write.html", context)


def _key(pk: int) -> int:
    if pk > LARGEST_KEY:
        raise Http404
    return pk


def _found(pk: int) -> Deployment:
    related = Deployment.objects.select_related("solution__locale", "organisation__territory")
    return get_object_or_404(related, pk=_key(pk))
