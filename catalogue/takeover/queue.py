"""What waits for editors: sheets that organisations ask for."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.text import capfirst

from metropole.core.policy import policy
from metropole.moderation.enums import Waiting
from metropole.moderation.queue import Row, Source, register_queue

from ..models.solution import SolutionPage
from .models import Takeover


def register() -> None:
    register_queue(Source("takeovers", _rows, lambda: Takeover.objects.asked().count()))


def _rows(person: AbstractUser) -> Iterable[Row]:
    for asked in Takeover.objects.asked().select_related("solution", "organisation"):
        yield Row(
            waiting=Waiting.TAKEOVER,
            title=asked.solution.title,
            kind=capfirst(SolutionPage._meta.verbose_name),
            organisation=asked.organisation.name,
            since=asked.asked_at,
            url=reverse("takeover_admin:takeover", args=[asked.pk]),
            is_own=not policy.may(person, "takeover.decide", asked),
        )
