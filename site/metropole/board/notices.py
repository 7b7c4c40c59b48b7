"""What people are told of needs. The kinds of news stand with what they tell of; their topic is one."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.moderation.notifications import contributors
from metropole.notifications.topics import Topic, register_topics

from .audience import register_audience
from .enums import CoCarrierState
from .lifecycle.table import Told
from .models import Need

TOPIC = "needs"


def register() -> None:
    explanation = _("The needs that your authority carries, and those that you follow, ask about or respond to.")
    register_topics(Topic(TOPIC, _("Needs"), explanation, 20))
    register_audience(Told.AUTHORS, authors)
    register_audience(Told.CARRIERS, co_carriers)


def authors(need: Need) -> Iterable[AbstractUser]:
    return contributors([need.organisation])


def co_carriers(need: Need) -> Iterable[AbstractUser]:
    accepted = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).select_related("organisation")
    return contributors([one.organisation for one in accepted])
