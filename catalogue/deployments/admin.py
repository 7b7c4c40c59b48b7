"""Deployments in the admin: editors draw them up from public sources, moderators stand in where an agent is alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BaseColumn, BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from metropole.core.policy import policy
from metropole.organisations.enums import AUTHORITY_KINDS
from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import done

from ..models import SolutionPage
from . import services
from .forms import RefusalForm
from .models import Deployment
from .statements import Said, Source, said_of

IDENTITY = ("solution", "organisation")


class SheetChoice(forms.ModelChoiceField):
    """A solution's sheet; a number that no database holds is that of none."""

    def __init__(self, queryset: QuerySet) -> None:
        field = Deployment._meta.get_field("solution")
        super().__init__(queryset, label=capfirst(field.verbose_name), help_text=field.help_text)

    def to_python(self, value: Any) -> Page | None:
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": value}) from None


class SourcedForm(WagtailAdminModelForm):
    """What public sources say; the same services as everywhere check it, and their reasons stand by the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
        authorities = Organisation.objects.verified().filter(kind__in=AUTHORITY_KINDS)
        self.fields["organisation"].queryset = authorities.order_by("name")
        self.fields["solution"] = SheetChoice(SolutionPage.objects.published().originals().order_by("title"))
        if self.instance.pk:
            for name in IDENTITY:
                del self.fields[name]

    def _post_clean(self) -> None:
        """The services check what is said, in the words of their readers; nothing is saved here."""

    def stored(self) -> Deployment:
        """Raises ValidationError."""
        given, person = self.cleaned_data, self.for_user
        source = Source(given["source"], given["source_url"], given["is_example"])
        if self.instance.pk is None:
            return services.draw_up(given["solution"], given["organisation"], self._said, source, person)
        services.redraw(self.instance, self._said, source, person)
        return self.instance

    @property
    def _said(self) -> Said:
        return said_of(self.cleaned_data | {"ended_on": self.cleaned_data.get("ended_on")})


class StoringMixin:
    """Stores through the services, whose refusals become errors of the form."""

    def is_valid(self, form: SourcedForm) -> bool:
        return super().is_valid(form) and self._stores(form)

    def _stores(self, form: SourcedForm) -> bool:
        try:
            form.instance = form.stored()
        except ValidationError as error:
            for name, errors in getattr(error, "error_dict", {None: error}).items():
                form.add_error(name if name in form.fields else None, errors)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return False
        return True

    def save_instance(self) -> Deployment:
        """It is stored already."""
        return self.form.instance


class SourcedCreateView(StoringMixin, CreateView):
    page_title = gettext_lazy("From public sources")


class SourcedEditView(StoringMixin, EditView):
    """What an authority says is decided elsewhere, and changed by itself alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.is_sourced:
            return redirect("deployments_admin:deployment", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ListView(IndexView):
    """The list, without boxes to tick: nothing is done to several at once."""

    @property
    def columns(self) -> list[BaseColumn]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class DeploymentPolicy(ModelPermissionPolicy):
    """Nobody deletes one: it is taken back with its reason, which the log keeps."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


def _url_of(deployment: Deployment) -> str:
    """Its form; what an authority says leads from there to its own screen."""
    return reverse(Deployment.snippet_viewset.get_url_name("edit"), args=[deployment.pk])


class DeploymentViewSet(SnippetViewSet):
    model = Deployment
    icon = "site"
    menu_label = gettext_lazy("Deployments")
    copy_view_enabled = False
    permission_policy = DeploymentPolicy(Deployment)
    index_view_class = ListView
    add_view_class = SourcedCreateView
    edit_view_class = SourcedEditView
    list_per_page = 50
    list_display = [
        TitleColumn("solution", label=gettext_lazy("Solution"), sort_key="solution__title", get_url=_url_of),
        Column("organisation", label=gettext_lazy("Authority"), sort_key="organisation__name"),
        Column("get_stage_display", label=gettext_lazy("Stage"), sort_key="stage"),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        "started_on",
        "ended_on",
    ]
    list_filter = ["stage", "state", "cost_class"]
    list_export = [
        "solution",
        "organisation",
        "stage",
        "started_on",
        "ended_on",
        "scope",
        "cost_class",
        "state",
        "source",
    ]
    search_fields = ["solution__title", "organisation__name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel(name) for name in IDENTITY], heading=gettext_lazy("Which solution, where")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("source", "source_url", "is_example")], heading=gettext_lazy("Source")
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("stage", "started_on", "ended_on", "scope", "cost_class", "note")],
                heading=gettext_lazy("What the source says"),
            ),
        ],
        base_form_class=SourcedForm,
    )

    def get_queryset(self, request: Any) -> Any:
        return Deployment.objects.select_related("solution", "organisation")


class DeploymentView(WagtailAdminTemplateMixin, View):
    """A deployment in the admin: what is said, its history, and what a moderator or an editor decides."""

    template_name = "deployments/admin/deployment.html"
    header_icon = "site"

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        related = Deployment.objects.select_related("solution", "organisation")
        self.deployment = get_object_or_404(related, pk=pk)
        self.form = RefusalForm()
        policy.require(request.user, "deployment.draw_up")
        return super().dispatch(request, **kwargs)

    def get_page_title(self) -> str:
        return capfirst(Deployment._meta.verbose_name)

    def get_page_subtitle(self) -> str:
        return str(self.deployment)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = {
            "url": reverse(Deployment.snippet_viewset.get_url_name("list")),
            "label": _("Deployments"),
        }
        return [*super().get_breadcrumbs_items(), listing, {"url": "", "label": str(self.deployment)}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting, person = self.deployment.waiting, self.request.user
        return super().get_context_data(
            **kwargs,
            deployment=self.deployment,
            waiting=waiting,
            stages=self.deployment.stages.select_related("declared_by", "confirmed_by").in_order(),
            may_stand_in=waiting is not None and policy.may(person, "deployment.confirm", waiting),
            reason_form=self.form,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        action, person = request.POST.get("action"), request.user
        stage = self.deployment.stages.filter(pk=_number(request)).first()
        if action not in ("confirm", "refuse", "retract") or (stage is None and action != "retract"):
            raise Http404
        if action == "confirm":
            stage.deployment = self.deployment
            done(request, lambda: services.confirm(stage, person), _("It is confirmed."))
        elif not self._ended(stage, action):
            return self.render_to_response(self.get_context_data())
        return redirect("deployments_admin:deployment", self.deployment.pk)

    def _ended(self, stage: Any, action: str) -> bool:
        """Whether it could be refused or taken back."""
        self.form, person = RefusalForm(self.request.POST), self.request.user
        if not self.form.is_valid():
            return False
        reason = self.form.cleaned_data["reason"]
        if action == "retract":
            said = _("It is taken back.")
            return done(self.request, lambda: services.retract(self.deployment, person, reason), said, self.form)
        stage.deployment = self.deployment
        said = _("It is refused: who declared it is told.")
        return done(self.request, lambda: services.refuse(stage, person, reason), said, self.form)


def _number(request: HttpRequest) -> int:
    value = request.POST.get("stage", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0
