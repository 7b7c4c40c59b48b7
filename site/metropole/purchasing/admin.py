"""Grouped purchases in the admin: their list, and what moderators decide. What is the members' own is not here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.admin import AdminScreen, Breadcrumb
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy
from metropole.organisations.views.screens import done

from . import groups, thread
from .forms import ReasonForm
from .models import Presentation, PurchasingGroup

PER_LIST = 200


class PurchasingView(AdminScreen):
    header_icon = "pick"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(isinstance(key, int) and key > LARGEST_KEY for key in kwargs.values()):
            raise Http404
        policy.require(request.user, "purchase_group.list")
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[Breadcrumb]:
        return [{"url": reverse("purchasing_admin:groups"), "label": _("Purchasing groups")}]


class GroupsView(PurchasingView):
    """All groups and presentations, with what is reported."""

    page_title = gettext_lazy("Purchasing groups")
    template_name = "purchasing/admin/groups.html"

    def above(self) -> list[Breadcrumb]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = PurchasingGroup.objects.select_related("presentation", "coordinator__organisation").with_members()
        presentations = Presentation.objects.originals()
        return super().get_context_data(**kwargs, groups=found[:PER_LIST], presentations=presentations[:PER_LIST])


class ArchivingView(PurchasingView):
    """Something that a moderator may archive, with the reason."""

    form: ReasonForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, reason_form=self.form or ReasonForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.form = ReasonForm(request.POST)
        if self.form.is_valid():
            reason = self.form.cleaned_data["reason"]
            if done(request, lambda: self.archive(reason), _("It is archived."), self.form):
                self.form = None
        return self.get(request)

    def archive(self, reason: str) -> None:
        raise NotImplementedError


class GroupView(ArchivingView):
    """A group as everybody reads it, and the messages that its members have reported: no other."""

    template_name = "purchasing/admin/group.html"

    @cached_property
    def group(self) -> PurchasingGroup:
        related = PurchasingGroup.objects.select_related("presentation", "coordinator__organisation").with_members()
        return get_object_or_404(related, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Purchasing group")

    def get_page_subtitle(self) -> str:
        return str(self.group)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        waiting = self.group.messages.reported().select_related("organisation")
        return super().get_context_data(
            **kwargs,
            group=self.group,
            reported=[message for message in waiting if policy.may(person, "purchase_message.settle", message)],
            may_archive=self.group.archived_at is None and policy.may(person, "purchase_group.archive", self.group),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") not in ("remove", "leave"):
            return super().post(request, **kwargs)
        posted = request.POST.get("message", "")
        if not (posted.isascii() and posted.isdecimal() and len(posted) < 19):
            raise Http404
        message = get_object_or_404(self.group.messages.exclude(reported_at=None), pk=int(posted))
        removes = request.POST["action"] == "remove"
        told = _("The message is removed.") if removes else _("The message is left as it is.")
        done(request, lambda: thread.settle(message, request.user, removes=removes), told)
        return self.get(request)

    def archive(self, reason: str) -> None:
        groups.archive(self.group, self.request.user, reason)
        del self.group


class PresentationView(ArchivingView):
    """A presentation that a moderator takes out of the lists."""

    template_name = "purchasing/admin/presentation.html"

    @cached_property
    def presentation(self) -> Presentation:
        return get_object_or_404(Presentation.objects.originals(), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Presentation of solutions")

    def get_page_subtitle(self) -> str:
        return self.presentation.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, one = self.request.user, self.presentation
        may_archive = one.archived_at is None and policy.may(person, "presentation.archive", one)
        edit_url = reverse(Presentation.snippet_viewset.get_url_name("edit"), args=[one.pk])
        return super().get_context_data(**kwargs, presentation=one, may_archive=may_archive, edit_url=edit_url)

    def archive(self, reason: str) -> None:
        groups.archive_presentation(self.presentation, self.request.user, reason)
        del self.presentation
