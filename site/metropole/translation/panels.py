from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail_localize.models import Translation

from .progress import with_progress


class WaitingPanel(Component):
    """How many translations await somebody, on the admin's home."""

    name = "waiting_translations"
    template_name = "translation/admin/waiting.html"
    order = 60

    def __init__(self, request: HttpRequest) -> None:
        self._may_translate = request.user.has_perm("wagtail_localize.submit_translation")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not self._may_translate:
            return {}
        waiting = with_progress(Translation.objects.filter(enabled=True)).filter(missing__gt=0).count()
        queue = reverse("wagtail_localize:translations_report")
        return {"waiting": waiting, "queue_url": f"{queue}?waiting_for_translation=true"}
