"""Needs in the Wagtail admin: their list by state, and the screen of each, where moderators decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.admin import Breadcrumb
from metropole.core.policy import policy
from metropole.moderation.admin import ModerationView
from metropole.moderation.policy import is_moderator
from metropole.moderation.queue import next_for
from metropole.organisations.views.screens import done

from ..enums import WRITABLE, AmendmentState, NeedMode, NeedState
from ..lifecycle.effects import original_text
from ..lifecycle.services import possible, refusals, take
from ..lifecycle.table import STEP_BY_NAME
from ..models import Amendment, Need, NeedText
from ..states import state_expression
from ..views import show_need
from . import amendments, display
from .changes import shown
from .forms import GiveBackForm, NoteForm, RefuseForm

PER_PAGE = 50
ALL = "all"


@dataclass(frozen=True)
class Decision:
    """What a moderator decides of a need, by a step of the table. ``form``: for the words that go with it."""

    step: str
    heading: str | Promise
    button: str | Promise
    said: str | Promise
    form: type[forms.Form] | None = None
    is_for: Callable[[Need], bool] = lambda need: True


def _changes(need: Need) -> bool:
    return need.amendments.filter(state=AmendmentState.PROPOSED).exists()


def _withdrawal(need: Need) -> bool:
    return need.withdrawal_asked_at is not None


# fmt: off
DECISIONS = (
    Decision("publish", gettext_lazy("Publish the need"), gettext_lazy("Publish"),
             gettext_lazy("It is published, and its authors are told.")),
    Decision("give_back", gettext_lazy("Ask for corrections"), gettext_lazy("Give back to its author"),
             gettext_lazy("It is given back, and its authors are told."), GiveBackForm),
    Decision("amend_materially", gettext_lazy("Publish the change"), gettext_lazy("Publish the change"),
             gettext_lazy("The change is published, and all concerned are told."), None, _changes),
    Decision("refuse_amendment", gettext_lazy("Leave the need as it is"), gettext_lazy("Refuse the change"),
             gettext_lazy("The need stays as it is, and its authors are told."), RefuseForm, _changes),
    Decision("withdraw", gettext_lazy("Withdraw the need"), gettext_lazy("Withdraw"),
             gettext_lazy("It is withdrawn, and all concerned are told."), NoteForm, _withdrawal),
    Decision("refuse_withdrawal", gettext_lazy("Leave the need open"), gettext_lazy("Do not withdraw"),
             gettext_lazy("The need stays open, and its authors are told."), RefuseForm, _withdrawal),
    Decision("clear_outcome", gettext_lazy("Take the outcome back"), gettext_lazy("Take the outcome back"),
             gettext_lazy("The outcome is taken back, and all concerned are told."), NoteForm),
    Decision("archive", gettext_lazy("Archive the need"), gettext_lazy("Archive"),
             gettext_lazy("It is archived: its page stays, search does not list it."), NoteForm),
)
# fmt: on
BY_STEP = {decision.step: decision for decision in DECISIONS}


class NeedsView(ModerationView):
    """All needs, by the state in which they are now."""

    page_title = gettext_lazy("Needs")
    template_name = "publishing/admin/needs.html"

    def above(self) -> list[Breadcrumb]:
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        policy.require(request.user, "need.list")
        chosen, words = request.GET.get("state", ALL), request.GET.get("q", "").replace("\x00", "").strip()[:100]
        needs = self._needs()
        if words:
            needs = needs.filter(Q(texts__title__icontains=words) | Q(organisation__name__icontains=words)).distinct()
        if chosen in NeedState.values:
            needs = needs.filter(state_now=chosen)
        page = Paginator(needs.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "page": page,
            "rows": [(need, capfirst(str(NeedState(need.state_now).label))) for need in page],
            "states": [(ALL, _("All")), *((state.value, capfirst(str(state.label))) for state in NeedState)],
            "chosen": chosen,
            "words": words,
            "is_filtered": bool(words) or chosen in NeedState.values,
        }
        return self.render_to_response(self.get_context_data(**context))

    def _needs(self) -> Any:
        needs = Need.objects.annotate(state_now=state_expression()).select_related("organisation").with_texts()
        return needs if is_moderator(self.request.user) else needs.exclude(state_now__in=WRITABLE)


class OneNeedView(ModerationView):
    """Of one need, for those who may read it before everybody does."""

    @cached_property
    def need(self) -> Need:
        need = get_object_or_404(Need.objects.with_filing().prefetch_related("files"), pk=self.kwargs["pk"])
        policy.require(self.request.user, "need.review", need)
        return need

    @property
    def text(self) -> NeedText | None:
        return next((text for text in self.need.texts.all() if text.language == self.need.language), None)


class NeedView(OneNeedView):
    """A need as it is read, what would refuse its publication, its history, and what a moderator decides."""

    template_name = "publishing/admin/need.html"

    def above(self) -> list[Breadcrumb]:
        return [{"url": reverse("needs_admin:needs"), "label": _("Needs")}]

    def get_page_title(self) -> str:
        return capfirst(str(Need._meta.verbose_name))

    def get_page_subtitle(self) -> str:
        return self.need.name

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._shown(None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        decision = BY_STEP.get(request.POST.get("action", ""))
        if decision is None:
            raise Http404
        need, form = self.need, self._form(decision, request.POST)
        if form is not None and not form.is_valid():
            return self._shown(form)
        reason = form.cleaned_data["reason"] if form else ""
        if done(request, lambda: self._decide(need, decision.step, reason), str(decision.said), form):
            return redirect(next_for(request.user))
        return self._shown(form) if form else redirect(request.path)

    def _decide(self, need: Need, step: str, reason: str) -> None:
        person = self.request.user
        if step == "amend_materially":
            amendments.publish(self._amendment(), person)
        elif step == "refuse_amendment":
            amendments.refuse(self._amendment(), person, reason)
        else:
            if step == "publish" and self.request.POST.get("submitted") != self._submitted:
                raise ValidationError(_("There is another version now: read it before you decide."))
            take(need, step, person, reason=reason)

    def _amendment(self) -> Amendment:
        """The change that the moderator had before their eyes."""
        waiting = self._waiting
        if waiting is None or self.request.POST.get("amendment") != str(waiting.pk):
            raise ValidationError(_("This change does not wait for a decision any more."))
        waiting.need = self.need
        return waiting

    @property
    def _submitted(self) -> str:
        return self.need.submitted_at.isoformat() if self.need.submitted_at else ""

    @cached_property
    def _waiting(self) -> Amendment | None:
        return self.need.amendments.filter(state=AmendmentState.PROPOSED).select_related("proposed_by").first()

    def _form(self, decision: Decision, data: Any = None) -> forms.Form | None:
        if decision.form is None:
            return None
        initial = {"reason": self.need.withdrawal_reason} if decision.step == "withdraw" else {}
        form = decision.form(data, prefix=decision.step, initial=initial)
        form.language = self.need.language
        return form

    def _decisions(self, sent: forms.Form | None) -> list[tuple[Decision, forms.Form | None]]:
        steps = {step.name for step in possible(self.need, self.request.user)}
        refused = sent.prefix if sent is not None else ""
        offered = [one for one in DECISIONS if one.step == refused or (one.step in steps and one.is_for(self.need))]
        return [(one, sent if one.step == refused else self._form(one)) for one in offered]

    def _shown(self, sent: forms.Form | None) -> HttpResponse:
        need, person = self.need, self.request.user
        state, decisions = need.state, self._decisions(sent)
        context = {
            "need": need,
            "text": self.text,
            "state": capfirst(str(state.label)),
            "sections": self.text.sections if self.text else [],
            "criteria": display.criteria(need, self.text) if self.text else None,
            "facts": [*display.terms(need), *display.instants(need)],
            "mode": display.mode_in_words(need) if need.mode in NeedMode.values else "",
            "value": display.band(need.value_low, need.value_high) if need.value_low is not None else "",
            "refusals": refusals(need, "publish", person) if state == NeedState.IN_REVIEW else [],
            "is_in_review": state == NeedState.IN_REVIEW,
            "submitted": self._submitted,
            "waiting": self._waiting if state == NeedState.OPEN else None,
            "changes": [shown(row, need.language) for row in self._waiting.changes] if self._waiting else [],
            "events": [(event, self._label(event.action)) for event in need.events.select_related("person")],
            "decisions": decisions,
            "is_own": is_moderator(person) and not policy.may(person, "need.publish", need),
        }
        return self.render_to_response(self.get_context_data(**context))

    def _label(self, action: str) -> str:
        return capfirst(str(STEP_BY_NAME[action].label)) if action in STEP_BY_NAME else action


class PreviewView(OneNeedView):
    """The need's page as its readers will see it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.text is None:
            raise Http404
        request.is_preview = True
        return show_need(request, self.need, original_text(self.need))
