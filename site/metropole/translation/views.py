"""The translators' queue, and what of wagtail-localize's screens is stricter here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation
from wagtail_localize.views import convert, edit_translation, report, update_translations

from .changes import changes
from .guards import refuse_beyond_translating
from .po_files import RefusedFileError, exported, take_back
from .progress import is_complete, with_progress

UNPROCESSABLE = 422


class ContentColumn(Column):
    cell_template_name = "translation/admin/content_cell.html"


class ProgressColumn(Column):
    cell_template_name = "translation/admin/progress_cell.html"


class QueueView(report.TranslationsReportView):
    """Every translation that is kept, first those that await something, the oldest change first."""

    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    page_title = gettext_lazy("Translations")
    columns = [
        ContentColumn("content", label=gettext_lazy("Content")),
        Column(
            "kind",
            label=gettext_lazy("Type"),
            accessor=lambda kept: capfirst(kept.source.specific_content_type.name),
        ),
        Column("target_locale", label=gettext_lazy("Language")),
        ProgressColumn("progress", label=gettext_lazy("State")),
        DateColumn("changed", label=gettext_lazy("Original changed"), accessor="source.last_updated_at"),
    ]
    list_export = ["source.object_repr", "target_locale", "passages", "missing", "source.last_updated_at"]
    is_searchable = False

    def get_queryset(self) -> QuerySet[Translation]:
        kept = with_progress(super().get_queryset().filter(enabled=True))
        related = kept.select_related("source__specific_content_type", "source__locale", "target_locale")
        return related.order_by(F("waiting_for_translation").desc(), "source__last_updated_at", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for kept in object_list:
            kept.target = kept.get_target_instance()
            kept.may_edit = edit_translation.user_can_edit_instance(self.request.user, kept.target)
        return object_list


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    """What is to be translated of one content, each passage with what it was and how it was translated."""

    template_name = "translation/admin/changes.html"
    page_title = gettext_lazy("What is to be translated")
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, translation_id: int, **kwargs: Any) -> HttpResponse:
        self.translation = _kept(request, translation_id)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.translation.source.object_repr

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        queue = {"url": reverse("wagtail_localize:translations_report"), "label": _("Translations")}
        return [*super().get_breadcrumbs_items(), queue, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            translation=self.translation,
            changes=changes(self.translation),
            edit_url=self.translation.get_target_instance_edit_url(),
        )


class SyncView(update_translations.UpdateTranslationsView):
    """As wagtail-localize's, but that what is incomplete is not published: it would be read in French."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        wanted = form.cleaned_data["publish_translations"]
        form.cleaned_data["publish_translations"] = False
        response = super().form_valid(form)
        if wanted:
            self._publish_complete()
        return response

    def _publish_complete(self) -> None:
        kept = self.object.translations.filter(enabled=True).select_related("source", "target_locale")
        left = [translation for translation in kept if not self._published(translation)]
        if left:
            names = ", ".join(str(translation.target_locale.get_display_name()) for translation in left)
            messages.warning(self.request, _("Not published, as passages are missing: %(names)s") % {"names": names})

    def _published(self, translation: Translation) -> bool:
        target = translation.get_target_instance()
        if not edit_translation.user_can_edit_instance(self.request.user, target) or not is_complete(translation):
            return False
        translation.save_target(user=self.request.user, publish=True)
        return True


@require_safe
def download_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """The passages of a translation, to be filled in elsewhere."""
    translation = _kept(request, translation_id)
    response = HttpResponse(str(exported(translation)), content_type="text/x-gettext-translation; charset=utf-8")
    name = f"{slugify(translation.source.object_repr)}-{translation.target_locale.language_code}.po"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Takes back a PO file, whole or not at all."""
    try:
        translation = _kept(request, translation_id)
    except Http404:
        messages.error(request, _("This translation is no longer kept: its original was deleted. Nothing was changed."))
        return redirect("wagtailadmin_home")
    uploaded = request.FILES.get("file")
    back = get_valid_next_url_from_request(request) or translation.get_target_instance_edit_url()
    if uploaded is None:
        messages.error(request, _("Choose a PO file first."))
        return redirect(back)
    try:
        imported = take_back(uploaded.read(), translation, request.user)
    except RefusedFileError as error:
        context = {"problems": error.problems, "file_name": uploaded.name, "back_url": back}
        return render(request, "translation/admin/po_refused.html", context, status=UNPROCESSABLE)
    count = imported.written
    said = ngettext("%(count)d passage taken from the file.", "%(count)d passages taken from the file.", count)
    messages.success(request, said % {"count": count})
    if imported.outdated:
        said = ngettext(
            "%(count)d passage of the file was left out: the original no longer has it.",
            "%(count)d passages of the file were left out: the original no longer has them.",
            imported.outdated,
        )
        messages.warning(request, said % {"count": imported.outdated})
    return redirect(back)


def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As wagtail-localize's, for editors: a translator can't turn a translation into a page to be edited freely."""
    refuse_beyond_translating(request.user, None)
    return edit_translation.stop_translation(request, translation_id)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """As wagtail-localize's, for editors."""
    refuse_beyond_translating(request.user, None)
    return convert.convert_to_alias(request, page_id)


def _kept(request: HttpRequest, translation_id: int) -> Translation:
    """A translation that the user may work on. Raises Http404, or PermissionDenied."""
    related = Translation.objects.select_related("source__locale", "source__specific_content_type", "target_locale")
    translation = get_object_or_404(related, pk=translation_id)
    if not edit_translation.user_can_edit_instance(request.user, translation.get_target_instance()):
        raise PermissionDenied
    return translation
