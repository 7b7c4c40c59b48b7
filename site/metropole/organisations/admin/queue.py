"""What waits for the editors: companies to verify, and people who ask to join."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from metropole.core.policy import policy

from .. import companies, joining
from ..enums import Right, Verification
from ..models import Membership, Organisation
from .base import OrganisationsView


def waiting_companies() -> Any:
    """The oldest first."""
    waiting = Organisation.objects.filter(verification=Verification.WAITING)
    return waiting.order_by("verification_asked_at", "pk")


def requests_to_join() -> Any:
    """The oldest first, and whether the organisation has somebody of its own to answer them."""
    return Membership.objects.asked().select_related("person", "organisation").order_by("created_at", "pk")


class QueueView(OrganisationsView):
    page_title = gettext_lazy("Organisations to verify and requests to join")
    template_name = "organisations/admin/queue.html"

    def dispatch(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        policy.require(request.user, "organisation.verify")
        return super().dispatch(request, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owned = set(Membership.objects.holding(Right.OWNS).values_list("organisation_id", flat=True))
        return super().get_context_data(
            **kwargs,
            companies=waiting_companies(),
            requests=[(one, one.organisation_id in owned) for one in requests_to_join()],
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        person, action = request.user, request.POST.get("action")
        if action in ("verify", "refuse_company"):
            company = get_object_or_404(Organisation, pk=_number(request, "organisation"))
            if action == "verify":
                self.act(lambda: companies.verify(company, person), _("“%s” is verified.") % company)
            else:
                said = _("“%s” is not verified.") % company
                self.act_with_reason(lambda reason: companies.refuse(company, person, reason), said)
        elif action in ("accept", "refuse"):
            asked = get_object_or_404(Membership, pk=_number(request, "membership"))
            if action == "accept":
                self.act(lambda: joining.accept(asked, person), _("The request is accepted."))
            else:
                said = _("The request is refused.")
                self.act_with_reason(lambda reason: joining.refuse(asked, person, reason), said)
        else:
            raise Http404
        return redirect("organisations_admin:queue")


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Http404
    return int(value)


class WaitingPanel(Component):
    """A line on the admin's home: how much waits, and for how long."""

    name = "waiting_organisations"
    template_name = "organisations/admin/waiting.html"
    order = 70

    def __init__(self, request: HttpRequest) -> None:
        self._may_see = policy.may(request.user, "organisation.verify")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not self._may_see:
            return {}
        return {
            "company_count": waiting_companies().count(),
            "oldest": waiting_companies().first(),
            "request_count": requests_to_join().count(),
            "queue_url": reverse("organisations_admin:queue"),
        }
