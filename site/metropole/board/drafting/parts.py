"""What the writing of needs adds to their screens."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metropole.core.navigation import Link

from ..enums import WRITABLE, NeedState
from ..lifecycle.services import refusals
from ..models import Need
from ..parts import Context
from ..policy import carries, leads
from .alternatives import looked_at
from .forms import beginning
from .steps import STEPS


def writing(request: HttpRequest, need: Need) -> Context | None:
    """In the workspace: how far its writing is, and the way on."""
    state, own = need.state, leads(request.user, need)
    is_written = own and state in WRITABLE
    return {
        "need": need,
        "steps": STEPS,
        "is_written": is_written,
        "is_waiting": state == NeedState.IN_REVIEW,
        "return_reason": need.return_reason if state == NeedState.TO_CORRECT else "",
        "may_preview": not need.is_public,
        "may_copy": beginning(request.user).exists() and (need.is_public or carries(request.user, need)),
        "may_delete": is_written and not refusals(need, "delete", request.user),
        "looked_at": [] if need.is_public else looked_at(need),
    }


def kinship(request: HttpRequest, need: Need) -> Context | None:
    """On the public page: the need from which it was copied, those that were copied from it, and how one does it."""
    related = Need.objects.published().filter(Q(pk=need.copied_from_id) | Q(copied_from=need)).with_texts()
    links = {other.pk: _link(other) for other in related.select_related("organisation")}
    source = links.pop(need.copied_from_id, None)
    may_copy = not need.is_example and beginning(request.user).exists() if request.user.is_authenticated else False
    if not (source or links or may_copy):
        return None
    copy_url = reverse("drafting:copy", args=[need.key]) if may_copy else ""
    return {"source": source, "copies": list(links.values()), "copy_url": copy_url}


def _link(need: Need) -> Link:
    words = {"title": need.text_for(get_language()).title, "organisation": need.organisation}
    return Link(_("%(title)s (%(organisation)s)") % words, need.get_absolute_url())
