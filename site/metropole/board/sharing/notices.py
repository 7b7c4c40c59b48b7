"""What people are told of the authorities that carry a need together."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.accounts.models import User
from metropole.moderation.notifications import contributors
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.organisations.enums import MembershipState, Right
from metropole.organisations.models import Organisation

from ..audience import register_audience
from ..lifecycle.attempts import Attempt
from ..lifecycle.table import Told
from ..models import CoCarrier, Need
from ..notices import TOPIC, authors, co_carriers

_OF_YOURS = _("You contribute for an authority that carries this need.")
_ENGAGES = _("You engage this authority, or contribute for it.")
_CONCERNED = _("Your authority carries or has this need, or you follow it, have asked a question or respond to it.")

# fmt: off
KINDS = (
    Kind("need.invited", TOPIC, _("%(lead)s invites %(organisation)s to carry “%(title)s”"),
         _("%(lead)s invites %(organisation)s to carry its need “%(title)s” with it. An agent who engages your "
           "authority accepts or declines."), _ENGAGES),
    Kind("need.asked", TOPIC, _("%(organisation)s asks to carry “%(title)s”"),
         _("%(organisation)s asks to carry “%(title)s” with you:\n%(reason)s"), _OF_YOURS),
    Kind("need.joined", TOPIC, _("%(organisation)s carries “%(title)s”"),
         _("%(organisation)s now carries “%(title)s” with %(lead)s."), _OF_YOURS),
    Kind("need.declined", TOPIC, _("%(organisation)s does not carry “%(title)s”"),
         _("%(organisation)s does not join “%(title)s”.\n%(reason)s"), _OF_YOURS),
    Kind("need.turned_down", TOPIC, _("Not joined: “%(title)s”"),
         _("%(lead)s does not let %(organisation)s join “%(title)s”:\n%(reason)s"), _ENGAGES),
    Kind("need.left", TOPIC, _("%(organisation)s leaves “%(title)s”"),
         _("%(organisation)s does not carry “%(title)s” any more:\n%(reason)s"), _OF_YOURS),
    Kind("need.crossing", TOPIC, _("“%(title)s” would reach the threshold of the law"),
         _("%(organisation)s would join “%(title)s”, but a direct enquiry would then reach the threshold of the law. "
           "Change its mode to sourcing, and this authority can join."), _OF_YOURS),
    Kind("need.note", TOPIC, _("%(organisation)s has a note before the outcome of “%(title)s”"),
         _("%(organisation)s has written a note before the outcome of “%(title)s” is recorded: it is read there."),
         _OF_YOURS),
    Kind("need.add_carrier", TOPIC, _("“%(title)s”: one more authority carries it"),
         _("An amendment of the need of %(organisation)s:\n%(reason)s"), _CONCERNED),
    Kind("need.remove_carrier", TOPIC, _("“%(title)s”: an authority does not carry it any more"),
         _("An amendment of the need of %(organisation)s:\n%(reason)s"), _CONCERNED),
    Kind("need.turn_to_sourcing", TOPIC, _("“%(title)s” becomes a sourcing: look at your response"),
         _("The need of %(organisation)s is no direct enquiry any more:\n%(reason)s"), _CONCERNED),
    Kind("need.moved", TOPIC, _("“%(title)s” is merged into “%(other)s”"),
         _("The moderators say why:\n%(reason)s"), _CONCERNED),
)
# fmt: on


def register() -> None:
    register_kinds(*KINDS)
    register_audience(Told.FOLLOWERS, interested)


def interested(need: Need) -> Iterable[AbstractUser]:
    """The agents of the authorities that have the need too."""
    return contributors([one.organisation for one in need.interests.select_related("organisation")])


def invited(co_carrier: CoCarrier) -> None:
    route = ("sharing:invitation", str(co_carrier.need.key), co_carrier.pk)
    _tell(agents(co_carrier.organisation), "need.invited", co_carrier, route)


def asked(co_carrier: CoCarrier) -> None:
    route = ("sharing:request", str(co_carrier.need.key), co_carrier.pk)
    _tell(authors(co_carrier.need), "need.asked", co_carrier, route, reason=co_carrier.reason)


def accepted(co_carrier: CoCarrier) -> None:
    """On an open need, who carries it is told by the amendment; here, who had asked or invited."""
    need, asked_by = co_carrier.need, co_carrier.asked_by
    told = [*_carrying(need), *agents(co_carrier.organisation)]
    if need.is_open:
        told = [asked_by] if asked_by else []
    _tell(told, "need.joined", co_carrier)


def declined(co_carrier: CoCarrier) -> None:
    _tell(authors(co_carrier.need), "need.declined", co_carrier, reason=co_carrier.reason)


def turned_down(co_carrier: CoCarrier) -> None:
    route = ("sharing:shared",)
    _tell(agents(co_carrier.organisation), "need.turned_down", co_carrier, route, reason=co_carrier.reason)


def left(co_carrier: CoCarrier) -> None:
    need, reason = co_carrier.need, co_carrier.reason
    _tell(agents(co_carrier.organisation), "need.left", co_carrier, ("sharing:shared",), reason=reason)
    if not need.is_open:
        _tell(_carrying(need), "need.left", co_carrier, reason=reason)


def note_written(co_carrier: CoCarrier) -> None:
    """Without its words, which may tell of responses."""
    _tell(_carrying(co_carrier.need), "need.note", co_carrier)


def crossing(co_carrier: CoCarrier) -> None:
    """Tells the lead that somebody cannot join; once a day, however often they try."""
    route = ("sharing:sourcing", str(co_carrier.need.key))
    event = f"need.crossing:{co_carrier.pk}:{timezone.localdate():%Y-%m-%d}"
    _tell(authors(co_carrier.need), "need.crossing", co_carrier, route, event)


def merged(attempt: Attempt, told: Iterable[AbstractUser], into: Need) -> None:
    """Tells those who were concerned before all moved; by the event's name, nobody hears of it twice."""
    need = attempt.need
    words = {"title": need.name, "other": into.name, "reason": attempt.reason}
    event = f"need.{attempt.step.name}:{need.pk}:{attempt.now.isoformat()}"
    notify(told, "need.moved", event, ("board:need", into.slug), **words)


def agents(organisation: Organisation) -> list[User]:
    """Who engages an authority, or contributes for it."""
    active = {"memberships__organisation": organisation, "memberships__state": MembershipState.ACTIVE}
    rights = (Right.ENGAGES, Right.CONTRIBUTES)
    found = [User.objects.filter(**active, **{f"memberships__{right}": True}) for right in rights]
    return list({person.pk: person for holders in found for person in holders}.values())


def _carrying(need: Need) -> list[AbstractUser]:
    return [*authors(need), *co_carriers(need)]


def _tell(
    told: Iterable[AbstractUser],
    kind: str,
    co_carrier: CoCarrier,
    route: tuple[str | int, ...] | None = None,
    event: str = "",
    **words: str,
) -> None:
    """Once for each time that it happens: an authority may be invited, and leave, more than once."""
    need = co_carrier.need
    at = co_carrier.veto_at if kind == "need.note" else co_carrier.decided_at or co_carrier.asked_at
    event = event or f"{kind}:{co_carrier.pk}:{at:%Y%m%d%H%M%S%f}"
    route = ("board:manage", str(need.key)) if route is None else route
    named = {"organisation": co_carrier.organisation.name, "lead": need.organisation.name, "title": need.name}
    notify(told, kind, event, route, **named, **words)
