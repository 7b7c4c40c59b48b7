"""What is the members' own: their checklist, their parts, their messages. For all others it is not there."""

from collections.abc import Callable
from functools import wraps

from allauth.core.ratelimit import consume
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.accounts.views import too_many_requests
from metropole.core.keys import LARGEST_KEY
from metropole.core.paging import page_of
from metropole.core.policy import policy
from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import done, screen

from .. import checklist, groups, steps, thread
from ..display import shown
from ..enums import ChecklistItem
from ..forms import ConfirmForm, ConsultForm, EntryForm, MessageForm, ReasonForm, ShareForm
from ..models import ChecklistEntry, GroupMember, Message, PurchasingGroup
from ..policy import own_members
from ..transitions import GROUPS, STEP_LABELS

View = Callable[..., HttpResponse]
MESSAGES_PER_PAGE = 50


def own_group(view: View) -> View:
    """Gives the view a group; who is no agent of its members does not learn that there is anything."""

    @wraps(view)
    def opened(request: HttpRequest, key: object, **kwargs: object) -> HttpResponse:
        related = PurchasingGroup.objects.select_related(
            "presentation", "coordinator__organisation", "candidate__organisation"
        )
        group = get_object_or_404(related, key=key)
        if not policy.may(request.user, "purchase_group.enter", group):
            raise Http404
        return view(request, group, **kwargs)

    return screen(opened)


def for_posts(view: View) -> View:
    """Leads who only looks at the address back to the group."""

    @wraps(view)
    def posted(request: HttpRequest, group: PurchasingGroup, **kwargs: object) -> HttpResponse:
        return view(request, group, **kwargs) if request.method == "POST" else redirect("purchasing:room", group.key)

    return posted


@own_group
def room(request: HttpRequest, group: PurchasingGroup) -> HttpResponse:
    """Where the group stands, and all that its members can do."""
    return _show(request, group, _message_form(request, group))


@own_group
@for_posts
def write(request: HttpRequest, group: PurchasingGroup) -> HttpResponse:
    form = _message_form(request, group, request.POST)
    if not form.is_valid():
        return _show(request, group, form)
    if not consume(request, action="purchasing_message", user=request.user):
        return too_many_requests(request)
    organisation, text = form.cleaned_data["organisation"], form.cleaned_data["text"]
    told = _("Your message is there for the other members to read.")
    if not done(request, lambda: thread.write(group, organisation, text, request.user), told, form):
        return _show(request, group, form)
    return redirect("purchasing:room", group.key)


def _show(request: HttpRequest, group: PurchasingGroup, form: MessageForm) -> HttpResponse:
    person, members = request.user, list(group.present)
    for member in members:
        member.group = group
    own = {member.pk for member in own_members(person, group)}
    page = page_of(group.messages.select_related("author", "organisation"), request, MESSAGES_PER_PAGE)
    context = {
        "heading": _("Purchasing group: %(category)s") % {"category": group.get_category_display()},
        "group": group,
        "shown": shown([group.presentation])[0],
        "members": [_row(person, group, member, member.pk in own) for member in members],
        "former": group.members.exclude(left_at=None).select_related("organisation").order_by("left_at"),
        "total": checklist.total(members),
        "checklist": checklist.lines(group),
        "steps": [_step(group, action) for action in STEP_LABELS if action in _possible(group, person)],
        "may_work": policy.may(person, "purchase_group.work", group),
        "may_answer": group.is_going_on and policy.may(person, "purchase_group.answer", group),
        "thread": [(message, _may(person, message)) for message in page.items],
        "pagination": page,
        "message_form": form,
    }
    return render(request, "purchasing/room.html", context)


def _message_form(request: HttpRequest, group: PurchasingGroup, data: object = None) -> MessageForm:
    mine = Organisation.objects.filter(pk__in=[own.organisation_id for own in own_members(request.user, group)])
    return MessageForm(mine.order_by("name"), data)


def _row(person: object, group: PurchasingGroup, member: GroupMember, is_own: bool) -> dict[str, object]:
    may_designate = group.is_going_on and member.pk not in (group.coordinator_id, group.candidate_id)
    return {
        "member": member,
        "is_own": is_own and group.is_going_on,
        "may_leave": group.is_going_on and policy.may(person, "purchase_group.leave", member),
        "may_designate": may_designate and policy.may(person, "purchase_group.designate", member),
    }


def _possible(group: PurchasingGroup, person: object) -> set[str]:
    return {step.action for step in GROUPS.possible(group, person)} if group.is_going_on else set()


def _step(group: PurchasingGroup, action: str) -> dict[str, object]:
    return {"action": action, "label": STEP_LABELS[action], "missing": steps.refusals(group, action)}


def _may(person: object, message: Message) -> dict[str, bool]:
    return {
        "remove": policy.may(person, "purchase_message.remove", message),
        "report": policy.may(person, "purchase_message.report", message),
    }


@own_group
def check(request: HttpRequest, group: PurchasingGroup, item: str) -> HttpResponse:
    """What is said of an item of the checklist."""
    if item not in ChecklistItem.values:
        raise Http404
    present = checklist.current(group).get(ChecklistItem(item))
    entry = ChecklistEntry(group=group, item=item)
    if present:
        entry.state, entry.done_on, entry.note = present.state, present.done_on, present.note
    form = EntryForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        told = _("It is on the checklist.")
        if done(request, lambda: checklist.check(form.instance, request.user), told, form):
            return redirect("purchasing:room", group.key)
    return _form(request, group, form, _("Checklist"), item=ChecklistItem(item), action=_("Save"))


@own_group
def share(request: HttpRequest, group: PurchasingGroup, pk: int) -> HttpResponse:
    """What one's own authority may spend, and when it decided to take part."""
    member = _own_member(request, group, pk)
    initial = {"estimated_value": member.estimated_value, "deliberated_on": member.deliberated_on}
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            checklist.share(member, given["estimated_value"], given["deliberated_on"], request.user)

        if done(request, act, _("It is said to the members."), form):
            return redirect("purchasing:room", group.key)
    return _form(request, group, form, _("The part of your authority"), member=member, action=_("Save"))


@own_group
def leave(request: HttpRequest, group: PurchasingGroup, pk: int) -> HttpResponse:
    member = _own_member(request, group, pk)
    policy.require(request.user, "purchase_group.leave", member)
    form = ReasonForm(request.POST or None, help_text=_("The other members read it, and the journal keeps it."))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = _("Your authority has left the group.")
        if done(request, lambda: groups.leave(member, request.user, reason), told, form):
            return redirect("purchasing:mine")
    return _form(request, group, form, _("Leave this group"), member=member, action=_("Leave this group"))


@own_group
@for_posts
def coordinator(request: HttpRequest, group: PurchasingGroup) -> HttpResponse:
    """A member is designated; or the one that is accepts or declines."""
    action, person = request.POST.get("action"), request.user
    if action == "designate":
        member = _member(group, request.POST.get("member", ""))
        done(
            request, lambda: groups.designate(member, person), _("It is designated: its own agent accepts or declines.")
        )
    elif action in ("accept", "decline"):
        told = _("Your authority coordinates the group.") if action == "accept" else _("It is declined.")
        done(request, lambda: groups.answer(group, person, accepts=action == "accept"), told)
    else:
        raise Http404
    return redirect("purchasing:room", group.key)


@own_group
def step(request: HttpRequest, group: PurchasingGroup, action: str) -> HttpResponse:
    """Before a step that cannot be taken back."""
    if action not in STEP_LABELS:
        raise Http404
    form = _step_form(action, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            steps.take(group, action, request.user, reason=given.get("reason", ""), url=given.get("url", ""))

        if done(request, act, _("It is done: the members are told."), form):
            return redirect("purchasing:room", group.key)
    context = {
        "missing": steps.refusals(group, action),
        "is_possible": action in _possible(group, request.user),
        "is_last": action in ("end", "give_up"),
        "action": STEP_LABELS[action],
    }
    return _form(request, group, form, str(STEP_LABELS[action]), **context)


def _step_form(action: str, data: object) -> BaseForm:
    if action == "give_up":
        return ReasonForm(data, help_text=_("Everybody reads it on the group’s page."))
    return ConsultForm(data) if action == "consult" else ConfirmForm(data)


@own_group
@for_posts
def remove(request: HttpRequest, group: PurchasingGroup, pk: int) -> HttpResponse:
    message = _message(group, pk)
    policy.require(request.user, "purchase_message.remove", message)
    done(request, lambda: thread.remove(message, request.user), _("Your message is removed."))
    return redirect("purchasing:room", group.key)


@own_group
def report(request: HttpRequest, group: PurchasingGroup, pk: int) -> HttpResponse:
    message = _message(group, pk)
    policy.require(request.user, "purchase_message.report", message)
    form = ReasonForm(request.POST or None, help_text=_("A moderator reads it, with this message and no other."))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        told = _("Thank you: a moderator looks at it, and you are told.")
        if done(request, lambda: thread.report(message, request.user, reason), told, form):
            return redirect("purchasing:room", group.key)
    return _form(request, group, form, _("Report this message"), message=message, action=_("Report this message"))


def _form(
    request: HttpRequest, group: PurchasingGroup, form: BaseForm, heading: str, **context: object
) -> HttpResponse:
    context |= {"heading": heading, "group": group, "shown": shown([group.presentation])[0], "form": form}
    return render(request, "purchasing/act.html", context)


def _own_member(request: HttpRequest, group: PurchasingGroup, pk: int) -> GroupMember:
    """A member for which the person acts, in a group that goes on."""
    if not group.is_going_on:
        raise Http404
    found = next((own for own in own_members(request.user, group) if own.pk == pk), None)
    if found is None:
        raise Http404
    found.group = group
    return found


def _member(group: PurchasingGroup, posted: str) -> GroupMember:
    if not (posted.isascii() and posted.isdecimal() and len(posted) < 19):
        raise Http404
    found = get_object_or_404(group.present, pk=int(posted))
    found.group = group
    return found


def _message(group: PurchasingGroup, pk: int) -> Message:
    if pk > LARGEST_KEY:
        raise Http404
    found = get_object_or_404(group.messages.select_related("author", "organisation"), pk=pk)
    found.group = group
    return found
