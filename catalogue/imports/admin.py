"""The screens of an import, in the admin: the file, what it would do, what it did."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from metropole.core.policy import policy

from ..models import SheetImport
from . import services
from .models import ImportState
from .rows import MOST_LINES
from .template import CONTENT_TYPE, workbook_to_fill

UNPROCESSABLE = 422
MOST_SHOWN = 50
"""Imports that are listed."""


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.json,.csv"})
    )

    def clean_file(self) -> SheetImport:
        """Reads all of it: a file that cannot be taken says why."""
        file: File = self.cleaned_data["file"]
        return services.begin(file, self.person)


class ImportScreen(WagtailAdminTemplateMixin, View):
    header_icon = "upload"
    page_title = gettext_lazy("Import of sheets")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        policy.require(request.user, "solutions.import")
        return super().dispatch(request, *args, **kwargs)


class ImportsView(ImportScreen):
    """The imports so far, and the file of another."""

    template_name = "catalogue/admin/imports.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        form.person = request.user
        if not form.is_valid():
            return self._shown(form, status=UNPROCESSABLE)
        return redirect("catalogue_imports:import", form.cleaned_data["file"].pk)

    def _shown(self, form: FileForm, status: int = 200) -> HttpResponse:
        imports = SheetImport.objects.select_related("person")[:MOST_SHOWN]
        context = self.get_context_data(form=form, imports=imports, most_lines=MOST_LINES)
        return self.render_to_response(context, status=status)


class ImportView(ImportScreen):
    """What an import would do, line by line, until it is written; after that what it did, until it is undone."""

    template_name = "catalogue/admin/import.html"
    actions = {"apply": services.apply, "undo": services.undo}

    @cached_property
    def sheet_import(self) -> SheetImport:
        return get_object_or_404(SheetImport, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.sheet_import.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("catalogue_imports:imports"), "label": self.page_title}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        waits = self.sheet_import.state == ImportState.CHECKED
        planned = services.dry_run(self.sheet_import) if waits else []
        context = self.get_context_data(
            sheet_import=self.sheet_import,
            planned=planned,
            is_refused=any(sheet.problems for sheet in planned),
            is_idle=all(sheet.action == "leave" for sheet in planned),
            written=self.sheet_import.sheets.select_related("page"),
            may_be_undone=self.sheet_import.state == ImportState.APPLIED,
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        action = self.actions.get(request.POST.get("action", ""))
        if action is None:
            raise PermissionDenied
        try:
            done = action(self.sheet_import, request.user)
        except services.ImportRefusedError as error:
            messages.error(request, _("Nothing was changed. %(reason)s") % {"reason": error})
        else:
            messages.success(request, _said(done))
        return redirect("catalogue_imports:import", self.sheet_import.pk)


def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    policy.require(request.user, "solutions.import")
    name = content_disposition_header(True, f"{_('sheets-to-import')}.xlsx")
    return HttpResponse(workbook_to_fill(), content_type=CONTENT_TYPE, headers={"Content-Disposition": name})


def _said(done: SheetImport) -> str:
    if done.state == ImportState.APPLIED:
        return _("The sheets are written, as drafts.")
    if done.sheets.exclude(kept_reason="").exists():
        return _("The import is undone, but for the sheets that somebody has worked on since.")
    return _("The import is undone.")
