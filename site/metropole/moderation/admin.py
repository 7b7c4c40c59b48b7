"""Moderation in the Wagtail admin: one queue, and a screen for each decision that can be made without a mouse."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from metropole.core.admin import AdminScreen, Breadcrumb
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy

from . import deletion, reports, services
from .comparison import differences
from .enums import DeletionState, ReportState, Waiting
from .forms import AnswerForm, ChangesForm, GrantForm, RefusalForm, RefusedDeletionForm
from .models import ChangeRequest, DeletionRequest, ErrorReport, Tombstone
from .policy import open_submission
from .queue import SERVICE_DAYS, next_for, queue_for, waiting_count

ALL = "all"
LATE = "late"


class ModerationView(AdminScreen):
    """A screen for those who may see the queue; nobody else is shown that it exists."""

    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(isinstance(key, int) and key > LARGEST_KEY for key in kwargs.values()):
            raise Http404
        policy.require(request.user, "moderation.queue")
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[Breadcrumb]:
        return [{"url": reverse("moderation_admin:queue"), "label": _("To be decided")}]


class QueueView(ModerationView):
    """All that waits, the oldest first, with its age."""

    page_title = gettext_lazy("To be decided")
    template_name = "moderation/admin/queue.html"

    def above(self) -> list[Breadcrumb]:
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = queue_for(request.user)
        chosen, age = request.GET.get("waiting", ALL), request.GET.get("age", ALL)
        shown = [row for row in rows if chosen in (ALL, row.waiting) and (age != LATE or row.is_late)]
        context = {
            "rows": shown,
            "count": len(rows),
            "late": sum(row.is_late for row in rows),
            "waiting_choices": [(ALL, _("All")), *Waiting.choices],
            "age_choices": [(ALL, _("All")), (LATE, _("Late"))],
            "chosen": chosen,
            "age": age,
            "service_days": SERVICE_DAYS,
        }
        return self.render_to_response(self.get_context_data(**context))


class DecisionView(ModerationView):
    """One thing to decide. ``decisions``: the name of each button and the form whose words go with it."""

    decisions: dict[str, type[forms.Form] | None] = {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._shown(self._forms())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action not in self.decisions:
            raise Http404
        shown = self._forms(action)
        form = shown.get(action)
        if form is not None and not form.is_valid():
            return self._shown(shown)
        try:
            self.decide(action, form)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return redirect(request.path)
        messages.success(request, self.said(action))
        return redirect(next_for(request.user))

    def decide(self, action: str, form: Any) -> None:
        raise NotImplementedError

    def said(self, action: str) -> str:
        """What is said after a decision."""
        raise NotImplementedError

    def _forms(self, action: str = "") -> dict[str, Any]:
        return {
            name: self.form_for(form_class, self.request.POST if name == action else None, name)
            for name, form_class in self.decisions.items()
            if form_class
        }

    def form_for(self, form_class: type[forms.Form], data: Any, prefix: str) -> Any:
        return form_class(data, prefix=prefix)

    def _shown(self, shown: dict[str, Any]) -> HttpResponse:
        return self.render_to_response(self.get_context_data(forms=shown))


ChangesFormSet = formset_factory(ChangesForm, extra=2, min_num=1, validate_min=True, max_num=3, absolute_max=3)


class ReviewView(DecisionView):
    """A submitted version beside what is online, with what was requested of it before."""

    template_name = "moderation/admin/review.html"
    decisions = {"approve": None, "request_changes": ChangesFormSet, "refuse": RefusalForm}

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["page_id"]).specific

    def get_page_title(self) -> str:
        return _("Review")

    def get_page_subtitle(self) -> str:
        return self.page.get_latest_revision_as_object().title

    def form_for(self, form_class: type[forms.Form], data: Any, prefix: str) -> Any:
        if form_class is ChangesFormSet:
            return form_class(data, prefix=prefix, form_kwargs={"page_model": self.page.specific_class})
        return form_class(data, prefix=prefix)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self._submission is None:
            messages.warning(request, _("This page does not wait for a decision any more."))
            return redirect(next_for(request.user))
        return super().get(request, **kwargs)

    @cached_property
    def _submission(self) -> Any:
        return open_submission(self.page) if self.page.workflow_in_progress else None

    def decide(self, action: str, form: Any) -> None:
        if action == "approve":
            services.approve(self.page, self.request.user, _revision(self.request.POST.get("revision", "")))
        elif action == "request_changes":
            given = [one.cleaned_data for one in form if one.cleaned_data.get("reason")]
            services.request_changes(self.page, self.request.user, [(one["field"], one["reason"]) for one in given])
        else:
            services.refuse(self.page, self.request.user, form.cleaned_data["reason"])

    def said(self, action: str) -> str:
        return {
            "approve": _("It is published, and its authors are told."),
            "request_changes": _("The changes are requested, and its authors are told."),
            "refuse": _("It is refused, and its authors are told."),
        }[action]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        after = self.page.get_latest_revision_as_object()
        before = self.page if self.page.live else type(self.page)(locale=self.page.locale)
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            page=self.page,
            revision=self.page.latest_revision,
            submission=self._submission,
            differences=differences(self.page, before, after),
            requests=ChangeRequest.objects.filter(page=self.page.pk).select_related("made_by", "page"),
            may_decide=policy.may(user, "content.moderate", self.page),
            may_edit=self.page.permissions_for_user(user).can_edit(),
        )


class DeletionView(DecisionView):
    """An organisation asks for a page to be removed."""

    template_name = "moderation/admin/deletion.html"
    decisions = {"grant": GrantForm, "refuse": RefusedDeletionForm}

    @cached_property
    def asked(self) -> DeletionRequest:
        return get_object_or_404(DeletionRequest.objects.select_related("page"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Request for deletion")

    def get_page_subtitle(self) -> str:
        return self.asked.title

    def form_for(self, form_class: type[forms.Form], data: Any, prefix: str) -> Any:
        if form_class is not GrantForm:
            return form_class(data, prefix=prefix)
        asked = self.asked
        initial = {
            "reason": asked.reason,
            "safe_version": asked.safe_version,
            "alternatives": asked.alternatives.values_list("pk", flat=True),
        }
        return form_class(data, prefix=prefix, initial=initial, page=asked.page and asked.page.specific)

    def decide(self, action: str, form: Any) -> None:
        said = form.cleaned_data
        if action == "grant":
            deletion.grant(self.asked, self.request.user, **said)
        else:
            deletion.refuse(self.asked, self.request.user, said["reason"])

    def said(self, action: str) -> str:
        return _("The page is removed.") if action == "grant" else _("The page stays, and who asked is told.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            asked=self.asked,
            is_open=self.asked.state == DeletionState.ASKED and self.asked.page is not None,
            may_decide=policy.may(self.request.user, "deletion.decide", self.asked),
        )


class ReportView(DecisionView):
    """What a reader says is wrong."""

    template_name = "moderation/admin/report.html"
    decisions = {"assign": None, "close": AnswerForm}

    @cached_property
    def report(self) -> ErrorReport:
        return get_object_or_404(ErrorReport.objects.select_related("handled_by"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Error report")

    def get_page_subtitle(self) -> str:
        return self.report.title

    def form_for(self, form_class: type[forms.Form], data: Any, prefix: str) -> Any:
        form = form_class(data, prefix=prefix)
        form.language = self.report.language
        return form

    def decide(self, action: str, form: Any) -> None:
        if action == "assign":
            reports.assign(self.report, self.request.user)
        else:
            reports.close(self.report, self.request.user, form.cleaned_data["reason"])

    def said(self, action: str) -> str:
        return _("It is yours to look into.") if action == "assign" else _("The report is answered.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_open = self.report.state != ReportState.CLOSED
        return super().get_context_data(**kwargs, report=self.report, is_open=is_open)


class RemovedView(ModerationView):
    """The pages that were removed, each of which may be put back."""

    page_title = gettext_lazy("Removed pages")
    template_name = "moderation/admin/removed.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        standing = Tombstone.objects.standing().select_related("page", "organisation", "removed_by")
        removed = [kept for kept in standing if kept.page]
        context = {"removed": [(kept, policy.may(request.user, "content.restore", kept.page)) for kept in removed]}
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("tombstone", "")
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise Http404
        kept = get_object_or_404(Tombstone.objects.filter(page__isnull=False), pk=key)
        try:
            deletion.restore(deletion.original_of(kept.page), request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The page is online again."))
        return redirect("moderation_admin:removed")


class WaitingPanel(Component):
    """On the admin's home: how much waits, and how much of it for too long."""

    name = "moderation_waiting"
    template_name = "moderation/admin/panel.html"
    order = 40

    def __init__(self, request: HttpRequest) -> None:
        self._person = request.user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not policy.may(self._person, "moderation.queue"):
            return {}
        rows = queue_for(self._person)
        return {
            "is_for": True,
            "count": len(rows),
            "late": sum(row.is_late for row in rows),
            "queue_url": reverse("moderation_admin:queue"),
        }


def _revision(key: str) -> int:
    """The version that the moderator had before their eyes."""
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise PermissionDenied
    return int(key)


def menu_label(label: str) -> str:
    count = waiting_count()
    return f"{label} ({count})" if count else label
