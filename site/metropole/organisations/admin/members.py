"""The members of an organisation in the admin: as its owners see them in the workspace, for any organisation."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from metropole.core.admin import Breadcrumb
from metropole.core.policy import policy

from .. import invitations, joining, members
from ..forms import InvitationForm, RightsForm
from ..models import Organisation
from ..views.screens import done
from .base import OrganisationsView


class MembersView(OrganisationsView):
    template_name = "organisations/admin/members.html"

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        self.organisation = get_object_or_404(Organisation, pk=pk)
        policy.require(request.user, "organisation.manage", self.organisation)
        self.invitation_form = InvitationForm(organisation=self.organisation, prefix="invitation")
        return super().dispatch(request, **kwargs)

    def get_page_title(self) -> str:
        return _("Members of %(organisation)s") % {"organisation": self.organisation}

    def above(self) -> list[Breadcrumb]:
        edit_url = AdminURLFinder(self.request.user).get_edit_url(self.organisation)
        return [{"url": edit_url or "", "label": self.organisation.name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = self.organisation.memberships.select_related("person").order_by("created_at", "pk")
        return super().get_context_data(
            **kwargs,
            organisation=self.organisation,
            members=[(one, self._rights_form(one.pk, one.rights)) for one in people.active()],
            asked=people.asked(),
            invitations=self.organisation.invitations.unanswered(),
            invitation_form=self.invitation_form,
            may_invite=policy.may(self.request.user, "organisation.invite", self.organisation),
            queue_url=reverse("organisations_admin:queue"),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("action") == "invite":
            return self._invite()
        pk = request.POST.get("membership", "")
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            raise Http404
        membership = get_object_or_404(self.organisation.memberships.current(), pk=pk)
        action = request.POST.get("action")
        if action == "accept":
            self.act(lambda: joining.accept(membership, request.user), _("The request is accepted."))
        elif action == "rights":
            form = RightsForm(request.POST, organisation=self.organisation, prefix=str(membership.pk))
            if not form.is_valid():
                raise Http404
            self.act(lambda: members.change_rights(membership, form.chosen, request.user), _("The rights are changed."))
        elif action in ("refuse", "remove"):
            act = joining.refuse if action == "refuse" else members.remove
            said = _("The request is refused.") if action == "refuse" else _("The member is removed.")
            self.act_with_reason(lambda reason: act(membership, request.user, reason), said)
        else:
            raise Http404
        return redirect("organisations_admin:members", self.organisation.pk)

    def _invite(self) -> HttpResponse:
        self.invitation_form = InvitationForm(self.request.POST, organisation=self.organisation, prefix="invitation")
        form = self.invitation_form
        if form.is_valid():
            email = form.cleaned_data["email"]
            said = _("An invitation is sent to %(email)s.") % {"email": email}
            act = lambda: invitations.invite(self.organisation, email, form.chosen, self.request.user)  # noqa: E731
            if done(self.request, act, said, form):
                return redirect("organisations_admin:members", self.organisation.pk)
        return self.render_to_response(self.get_context_data())

    def _rights_form(self, pk: int, rights: list[str]) -> RightsForm:
        return RightsForm(organisation=self.organisation, prefix=str(pk), initial={"rights": rights})
