from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from .guards import refuse_beyond_translating, refuse_incomplete, say_if_alone
from .panels import WaitingPanel
from .views import ChangesView, QueueView, SyncView, convert_to_alias, download_po, stop_translation, upload_po

# Before wagtail-localize's own: the addresses replace some of its, and what is refused does not come to its screens.
FIRST = -1

translation_urls = [
    path("<int:translation_id>/changes/", ChangesView.as_view(), name="changes"),
]
replaced_urls = [
    path("translate/<int:translation_id>/pofile/download/", download_po),
    path("translate/<int:translation_id>/pofile/upload/", upload_po),
    path("translate/<int:translation_id>/disable/", stop_translation),
    path("page/<int:page_id>/convert_to_alias/", convert_to_alias),
    path("update/<int:translation_source_id>/", SyncView.as_view()),
    path("reports/translations/", QueueView.as_view()),
    path("reports/translations/results/", QueueView.as_view(results_only=True)),
]


@hooks.register("register_admin_urls", order=FIRST)
def admin_urls() -> list:
    return [
        path("translations/", include((translation_urls, "translation"))),
        path("localize/", include(replaced_urls)),
    ]


@hooks.register("before_edit_page", order=FIRST)
@hooks.register("before_edit_snippet", order=FIRST)
def before_edit(request: HttpRequest, instance: Any) -> HttpResponse | None:
    if not isinstance(instance, TranslatableMixin):
        return None
    translation = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
    ).first()
    refuse_beyond_translating(request.user, translation)
    if translation is None:
        say_if_alone(request, instance)
        return None
    return refuse_incomplete(request, translation)


@hooks.register("before_unpublish_page", order=FIRST)
@hooks.register("before_delete_page", order=FIRST)
@hooks.register("before_move_page", order=FIRST)
@hooks.register("before_copy_page", order=FIRST)
def before_anything_else(request: HttpRequest, page: Page, *args: Any) -> None:
    refuse_beyond_translating(request.user, None)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel(request))
