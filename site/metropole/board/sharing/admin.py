"""Merging two needs in the admin: the moderator sees them side by side, and says why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.admin import AdminScreen, Breadcrumb
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy
from metropole.moderation.policy import is_moderator

from ..enums import NeedState
from ..models import Need
from ..models.history import LONGEST_REASON
from ..states import state_expression
from . import merging


def _needs() -> Any:
    return Need.objects.published().annotate(state_now=state_expression()).select_related("organisation").with_texts()


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody reads it in the history of the need; those concerned are told."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MergeForm(ReasonForm):
    other_themes = forms.BooleanField(
        label=gettext_lazy("They are filed under different themes, and are the same need all the same"), required=False
    )
    field_order = ["other_themes", "reason"]


class MergingView(AdminScreen):
    """For moderators: the needs that are open, and those that were merged."""

    page_title = gettext_lazy("Merging needs")
    header_icon = "resubmit"
    template_name = "sharing/admin/merging.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_moderator(request.user):
            raise PermissionDenied
        if any(key > LARGEST_KEY for key in kwargs.values()):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        needs = _needs().filter(state_now__in=(NeedState.OPEN, NeedState.MERGED)).select_related("merged_into")
        found = list(needs.prefetch_related("merged_into__texts"))
        return super().get_context_data(
            open_needs=[one for one in found if one.state_now == NeedState.OPEN],
            merged=[one for one in found if one.state_now == NeedState.MERGED],
            **kwargs,
        )


class NeedView(MergingView):
    """A screen about one need. ``form_class``, ``said`` after it is done; ``act`` raises ValidationError."""

    form_class: type[forms.Form]
    said: str | Promise

    @cached_property
    def need(self) -> Need:
        return get_object_or_404(_needs(), pk=self.kwargs["pk"])

    def above(self) -> list[Breadcrumb]:
        return [{"url": reverse("sharing_admin:merging"), "label": _("Merging needs")}]

    def get_page_subtitle(self) -> str:
        return self.need.name

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._shown(None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._shown(form)
        try:
            self.act(form)
        except ValidationError as error:
            for name, errors in getattr(error, "error_dict", {None: error}).items():
                form.add_error(name if name in form.fields else None, errors)
            return self._shown(form)
        messages.success(request, self.said)
        return redirect("sharing_admin:merging")

    def _shown(self, form: forms.Form | None) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form or self.form_class(), need=self.need))


class MergeView(NeedView):
    """Into which other need, then both side by side."""

    page_title = gettext_lazy("Merge into another need")
    template_name = "sharing/admin/merge.html"
    form_class = MergeForm
    said = gettext_lazy("The two needs are one. As long as it is open, this can be undone.")

    @cached_property
    def into(self) -> Need | None:
        key = self.request.GET.get("into", "")
        if not key:
            return None
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise Http404
        return get_object_or_404(_needs(), pk=key)

    def act(self, form: MergeForm) -> None:
        if self.into is None:
            raise ValidationError(_("Choose another need, into which this one is merged."))
        given = form.cleaned_data
        merging.merge(self.need, self.into, self.request.user, given["reason"], other_themes=given["other_themes"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_merge = policy.may(self.request.user, "need.merge", self.need)
        return AdminScreen.get_context_data(
            self,
            into=self.into,
            sides=[side_of(one) for one in (self.need, self.into)] if self.into else [],
            targets=merging.targets(self.need) if self.need.is_open else [],
            is_possible=may_merge and self.need.is_open,
            may_merge=may_merge,
            **kwargs,
        )


class UnmergeView(NeedView):
    """Undoes a merging."""

    page_title = gettext_lazy("Undo the merging")
    template_name = "sharing/admin/unmerge.html"
    form_class = ReasonForm
    said = gettext_lazy("The merging is undone: the two needs stand for themselves again.")

    def act(self, form: ReasonForm) -> None:
        merging.unmerge(self.need, self.request.user, form.cleaned_data["reason"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        need = self.need
        is_possible = need.merged_into is not None and need.merged_into.is_open
        return AdminScreen.get_context_data(
            self, is_possible=is_possible and policy.may(self.request.user, "need.unmerge", need), **kwargs
        )


def side_of(need: Need) -> dict[str, Any]:
    """What of a need is laid beside that of another."""
    return {
        "need": need,
        "text": need.original,
        "themes": ", ".join(str(theme) for theme in need.themes.all()),
        "carriers": ", ".join(str(one) for one in need.carriers),
        "interests": need.interests.count(),
        "watches": need.watches.count(),
    }


urls = [
    path("", MergingView.as_view(), name="merging"),
    path("<int:pk>/", MergeView.as_view(), name="merge"),
    path("<int:pk>/undo/", UnmergeView.as_view(), name="unmerge"),
]
