"""Who follows is told: of what becomes of a need by its own news, of a need that fits what they follow by these."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.core.templatetags.site_tags import paris_time
from metropole.notifications.enums import Pace
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic, register_topics

from ..audience import people, register_audience
from ..lifecycle.attempts import Attempt
from ..lifecycle.registry import register_listener
from ..lifecycle.table import Told
from ..models import Need
from .finding import followers_of_filing
from .rule import in_a_sentence, said, trees

TOPIC = "matching"
FITS = "need.fits"


def register() -> None:
    explanation = _("Each need that is published and fits the themes and territories that you follow, with the reason.")
    register_topics(Topic(TOPIC, _("Needs that fit what I follow"), explanation, 24, usual=Pace.DAILY))
    register_kinds(
        Kind(
            FITS,
            TOPIC,
            _("A need fits what you follow: “%(need)s”"),
            _("%(organisation)s has published “%(need)s”, open until %(closes)s.\nWhy it fits: %(reasons)s."),
            _("You follow themes or territories: you choose them in your workspace."),
        )
    )
    register_audience(Told.FOLLOWERS, watchers)
    # No audience is MATCHED: these people are told here, each with the reason.
    register_listener(tell_whom_it_fits)


def watchers(need: Need) -> Iterable[AbstractUser]:
    return User.objects.filter(watched_needs__need=need)


def tell_whom_it_fits(attempt: Attempt) -> None:
    """Listener: a need is published. Each person is told once, whatever they follow; its own people know it already."""
    if attempt.step.name != "publish":
        return
    need = attempt.need
    own = {person.pk for person in people(need, Told.AUTHORS, Told.CARRIERS)}
    for person, why in followers_of_filing(need).items():
        if person.pk in own:
            continue
        with override(person.language):
            words = {
                "need": str(need),
                "organisation": need.organisation.name,
                "closes": strip_tags(paris_time(need.closes_at)),
                "reasons": in_a_sentence(said(why, trees())),
            }
        notify([person], FITS, f"{FITS}:{need.pk}", ("board:need", need.slug), **words)
