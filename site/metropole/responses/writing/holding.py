"""Before a response is written: its need's row is locked, then its own, and the clock is read afterwards."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from metropole.board.enums import NeedState
from metropole.board.lifecycle.services import locked
from metropole.board.models import Need
from metropole.board.states import state_of
from metropole.core.policy import policy
from metropole.core.templatetags.site_tags import paris_time

from ..models import Response


class TooLateError(ValidationError):
    """The need takes no responses, or not any more."""


class ChangedMeanwhileError(ValidationError):
    """Somebody has changed the draft since it was looked at."""


@dataclass(frozen=True)
class Held:
    """``now``: the instant, read once nobody else could write."""

    response: Response
    now: dt.datetime


def held(response: Response, person: AbstractUser, action: str) -> Held:
    """A response as the database has it, kept from others. Raises TooLateError, PermissionDenied."""
    need, now = open_need(response.need)
    rows = Response.objects.select_for_update(of=("self",)).select_related("organisation")
    response = rows.get(pk=response.pk)
    response.need = need
    policy.require(person, action, response)
    return Held(response, now)


def open_need(need: Need) -> tuple[Need, dt.datetime]:
    """A need kept from others, and the instant at which it was found to be open. Raises TooLateError."""
    need = locked(need)
    now = timezone.now()
    state = state_of(need, now)
    if state != NeedState.OPEN:
        raise TooLateError(why_not_open(need, state))
    return need, now


def why_not_open(need: Need, state: NeedState) -> str:
    if state == NeedState.WITHDRAWN:
        return _("This need was withdrawn: responses to it are neither written nor deposited any more.")
    if state == NeedState.MERGED:
        return _("This need was merged into another one: respond there.")
    if need.closes_at is None or need.published_at is None:
        return _("This need takes no responses now.")
    words = {"at": strip_tags(paris_time(need.closes_at))}
    return _("This need closed on %(at)s: from then on, nothing is written, deposited or withdrawn.") % words
