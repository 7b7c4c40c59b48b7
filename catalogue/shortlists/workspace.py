from collections.abc import Mapping

from django.contrib.auth.models import AbstractUser

from .forms import drawing_organisations
from .models import Shortlist

_LATEST = 3


def may_draw_up(person: AbstractUser) -> bool:
    return bool(drawing_organisations(person))


def latest(person: AbstractUser) -> Mapping[str, object] | None:
    """The shortlists on which one's authorities work, on the workspace's home."""
    found = Shortlist.objects.filter(organisation__in=drawing_organisations(person)).defer("content")[:_LATEST]
    return {"shortlists": found} if found else None
