"""The search indexes in the Wagtail admin: who answers, what waits, and the changes that were given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from metropole.core.admin import AdminScreen

from .delivery import drain
from .documents import split_id
from .engines import get_stores
from .health import known_trouble
from .models import Delivery, OutboxEntry, SearchIndex
from .registry import sources

policy = ModelPermissionPolicy(Delivery)
MOST_SHOWN = 200


@dataclass(frozen=True)
class GivenUp:
    """A change that an index refused too often, with the content it is about as editors know it."""

    delivery: Delivery
    title: str
    url: str


class IndexesView(PermissionCheckedMixin, AdminScreen):
    """Shows the indexes; tries again, or gives up for good, what they refused."""

    permission_policy = policy
    permission_required = "change"
    page_title = _("Search indexes")
    header_icon = "search"
    template_name = "search/admin/indexes.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = _chosen(request.POST.getlist("delivery"))
        if request.POST.get("action") == "discard":
            self._discard(chosen)
        else:
            self._retry(chosen)
        return redirect("search_admin:indexes")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dead = Delivery.objects.to_indexes_in_use().dead().select_related("index").order_by("-pk")
        return super().get_context_data(
            **kwargs,
            trouble=known_trouble(),
            indexes=_own_indexes(),
            waiting=OutboxEntry.objects.count() + Delivery.objects.to_indexes_in_use().waiting().count(),
            given_up=_told(dead[:MOST_SHOWN], self.request),
            given_up_count=dead.count(),
            may_discard=policy.user_has_permission(self.request.user, "delete"),
        )

    def _retry(self, chosen: QuerySet[Delivery]) -> None:
        keys = list(chosen.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=keys).update(attempts=0, retry_at=None)
        drain()
        left = Delivery.objects.filter(pk__in=keys).count()
        done = len(keys) - left
        if done:
            said = ngettext("%(count)d change brought to its index.", "%(count)d changes brought to their index.", done)
            messages.success(self.request, said % {"count": done})
        if left:
            said = ngettext(
                "%(count)d change was refused again; it will be tried some more times.",
                "%(count)d changes were refused again; they will be tried some more times.",
                left,
            )
            messages.warning(self.request, said % {"count": left})

    def _discard(self, chosen: QuerySet[Delivery]) -> None:
        if not policy.user_has_permission(self.request.user, "delete"):
            raise PermissionDenied
        count, _by_model = chosen.delete()
        said = ngettext("%(count)d change discarded.", "%(count)d changes discarded.", count)
        messages.success(self.request, said % {"count": count})


def _chosen(keys: list[str]) -> QuerySet[Delivery]:
    """The changes given up that a form names; all of them when it names none."""
    dead = Delivery.objects.to_indexes_in_use().dead()
    named = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    return dead.filter(pk__in=named) if keys else dead


def _own_indexes() -> Iterable[SearchIndex]:
    """The server's indexes and those of this machine; those of other machines are theirs to tell."""
    for store in get_stores():
        yield from SearchIndex.objects.filter(store=store.name, place=store.place).order_by("-created_at")


def _told(deliveries: Iterable[Delivery], request: HttpRequest) -> list[GivenUp]:
    finder = AdminURLFinder(request.user)
    return [_told_one(delivery, finder) for delivery in deliveries]


def _told_one(delivery: Delivery, finder: AdminURLFinder) -> GivenUp:
    label, pk = split_id(delivery.document_key)
    source = sources().get(label)
    instance = source.model._default_manager.filter(pk=pk).first() if source and pk.isdigit() else None
    if instance is None:
        return GivenUp(delivery, delivery.document_key, "")
    return GivenUp(delivery, str(instance), finder.get_edit_url(instance) or "")


class TroublePanel(Component):
    """A quiet line on the admin's home when searches or changes do not go as they should."""

    name = "search_trouble"
    template_name = "search/admin/trouble.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self._may_see = policy.user_has_permission(request.user, "change")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not self._may_see:
            return {}
        return {"trouble": known_trouble(), "given_up_count": Delivery.objects.to_indexes_in_use().dead().count()}
