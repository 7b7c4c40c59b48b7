"""Who is in an organisation, and what each may do there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from .. import invitations, joining, members
from ..departure import errands
from ..enums import MembershipState
from ..forms import InvitationForm, ReasonForm, RightsForm
from ..models import Invitation, Membership, Organisation
from .screens import done, organisation_screen, show_form


@organisation_screen
def members_list(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The members; for who manages them, the requests and the invitations too."""
    may_manage = policy.may(request.user, "organisation.manage", organisation)
    people = organisation.memberships.select_related("person").order_by("created_at", "pk")
    context = {
        "heading": _("Members"),
        "organisation": organisation,
        "may_manage": may_manage,
        "may_invite": policy.may(request.user, "organisation.invite", organisation),
        "members": people.active(),
        "asked": people.asked() if may_manage else [],
        "invitations": organisation.invitations.unanswered() if may_manage else [],
    }
    return render(request, "organisations/workspace/members.html", context)


@organisation_screen
def member(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """A request to answer, or a member whose rights change or who is removed."""
    policy.require(request.user, "organisation.manage", organisation)
    found = organisation.memberships.current().select_related("person")
    membership = get_object_or_404(found, pk=pk)
    rights = RightsForm(initial={"rights": membership.rights}, organisation=organisation)
    reason = ReasonForm()
    if request.method == "POST":
        action = request.POST.get("action", "")
        rights = RightsForm(request.POST, organisation=organisation) if action == "rights" else rights
        reason = ReasonForm(request.POST) if action in ("refuse", "remove") else reason
        if _acted(request, action, membership, rights, reason):
            return redirect("organisations:members", organisation.slug)
    context = {
        "heading": str(membership.person),
        "organisation": organisation,
        "membership": membership,
        "is_request": membership.state == MembershipState.ASKED,
        "is_oneself": membership.person_id == request.user.pk,
        "rights_form": rights,
        "reason_form": reason,
        # The screen's title says that something is wrong where one of its forms does.
        "form": reason if reason.errors else rights,
    }
    return render(request, "organisations/workspace/member.html", context)


def _acted(request: HttpRequest, action: str, membership: Membership, rights: RightsForm, reason: ReasonForm) -> bool:
    person = request.user
    if action == "accept":
        return done(request, lambda: joining.accept(membership, person), _("The request is accepted."))
    if action == "rights":
        return rights.is_valid() and done(
            request,
            lambda: members.change_rights(membership, rights.chosen, person),
            _("The rights are changed."),
            rights,
        )
    if action not in ("refuse", "remove"):
        raise Http404
    act, said = {
        "refuse": (joining.refuse, _("The request is refused.")),
        "remove": (members.remove, _("The member is removed.")),
    }[action]
    return reason.is_valid() and done(
        request, lambda: act(membership, person, reason.cleaned_data["reason"]), said, reason
    )


@organisation_screen
def invite(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    policy.require(request.user, "organisation.invite", organisation)
    form = InvitationForm(request.POST or None, organisation=organisation, initial={"rights": ["contributes"]})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        said = _("An invitation is sent to %(email)s.") % {"email": email}
        if done(request, lambda: invitations.invite(organisation, email, form.chosen, request.user), said, form):
            return redirect("organisations:members", organisation.slug)
    return show_form(request, form, _("Invite somebody"), _("Send the invitation"), organisation=organisation)


@organisation_screen
def sent_invitation(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Sends an invitation again, or withdraws it."""
    policy.require(request.user, "organisation.manage", organisation)
    invitation = get_object_or_404(Invitation, pk=pk, organisation=organisation)
    if request.method == "POST":
        acts = {
            "resend": (invitations.resend, _("The invitation is sent again.")),
            "withdraw": (invitations.withdraw, _("The invitation is withdrawn.")),
        }
        if request.POST.get("action") not in acts:
            raise Http404
        act, said = acts[request.POST["action"]]
        done(request, lambda: act(invitation, request.user), said)
    return redirect("organisations:members", organisation.slug)


@organisation_screen
def leave(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What one should see to first; then one leaves."""
    membership = get_object_or_404(organisation.memberships.current(), person=request.user)
    if request.method == "POST":
        said = _("You are no longer a member of %(organisation)s.") % {"organisation": organisation}
        if done(request, lambda: members.leave(membership, request.user), said):
            return redirect("organisations:mine")
    context = {
        "heading": _("Leave %(organisation)s") % {"organisation": organisation},
        "organisation": organisation,
        "errands": errands(request.user, organisation),
        "is_last_owner": members.is_last_owner(membership),
    }
    return render(request, "organisations/workspace/leave.html", context)
