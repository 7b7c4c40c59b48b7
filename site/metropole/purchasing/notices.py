"""What people are told of grouped purchases. No message's words, nor its author's name, ever leave the thread."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.accounts.models import User
from metropole.moderation.notifications import contributors
from metropole.moderation.policy import MODERATORS
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic, register_topics
from metropole.organisations.enums import Right
from metropole.organisations.models import Membership, Organisation

from .models import GroupMember, Message, PurchasingGroup
from .policy import may_enter

TOPIC = "purchasing"
_OF_MEMBERS = _("You act for an authority that is a member of this group.")
_OF_DESIGNATED = _("You engage the authority that is designated.")

# fmt: off
KINDS = (
    Kind("purchase_group.formed", TOPIC, _("A purchasing group is forming: %(group)s"),
         _("%(authority)s forms it. Your authority has said that it is interested in solutions of this category: an "
           "agent who engages it may have it join."),
         _("You contribute for an authority that is interested in these solutions.")),
    Kind("purchase_group.joined", TOPIC, _("%(authority)s joins the purchasing group: %(group)s"),
         _("%(authority)s is now a member of the group."), _OF_MEMBERS),
    Kind("purchase_group.left", TOPIC, _("%(authority)s leaves the purchasing group: %(group)s"),
         _("%(authority)s leaves the group, for this reason:\n%(reason)s"), _OF_MEMBERS),
    Kind("purchase_group.designated", TOPIC, _("Your authority is designated as coordinator: %(group)s"),
         _("The members of the group designate %(authority)s as coordinator. Accept or decline for it."),
         _OF_DESIGNATED),
    Kind("purchase_group.accepted", TOPIC, _("%(authority)s coordinates the purchasing group: %(group)s"),
         _("%(authority)s has accepted to coordinate the group."), _OF_MEMBERS),
    Kind("purchase_group.declined", TOPIC, _("%(authority)s does not coordinate the purchasing group: %(group)s"),
         _("%(authority)s has declined to coordinate the group: designate another member."), _OF_MEMBERS),
    Kind("purchase_group.step", TOPIC, _("Purchasing group: %(group)s"),
         _("The group is now in this state: %(state)s."), _OF_MEMBERS),
    Kind("purchase_group.archived", TOPIC, _("Archived: the purchasing group %(group)s"),
         _("The moderators have archived the group:\n%(reason)s"), _OF_MEMBERS),
    Kind("purchase_message.written", TOPIC, _("A message in the purchasing group: %(group)s"),
         _("An agent of %(authority)s has written to the members of the group. Only they can read it."), _OF_MEMBERS),
    Kind("purchase_message.reported", TOPIC, _("A message is reported in the purchasing group: %(group)s"),
         _("A member reports a message, which waits for your decision."), _("You are a moderator.")),
    Kind("purchase_message.settled", TOPIC, _("The message that you reported: %(group)s"),
         _("A moderator has looked at the message that you reported, and decided."), _("You reported it.")),
)
# fmt: on


def register() -> None:
    explanation = _("Grouped purchases: the groups of your authority, who joins them, and what their members write.")
    register_topics(Topic(TOPIC, _("Grouped purchases"), explanation, 25))
    register_kinds(*KINDS)


def agents(group: PurchasingGroup) -> list[AbstractUser]:
    """Who may enter it."""
    authorities = group.present.order_by().values("organisation")
    active = Membership.objects.active().filter(organisation__in=authorities, person__is_active=True)
    people = User.objects.filter(pk__in=active.values("person"))
    return [person for person in people if may_enter(person, group)]


def formed(group: PurchasingGroup, by: Organisation) -> None:
    """Tells the other authorities that are interested in solutions of its category."""
    from .groups import categories_of_interest

    interests = group.presentation.interests.exclude(organisation=by).select_related("organisation", "presentation")
    fitting = [one.organisation for one in interests if group.category in categories_of_interest(one)]
    people = contributors([one for one in fitting if one.is_verified])
    _tell(people, "purchase_group.formed", group, group.pk, ("purchasing:group", str(group.key)), authority=by.name)


def joined(member: GroupMember) -> None:
    own = Membership.objects.active().filter(organisation=member.organisation).values_list("person", flat=True)
    others = [agent for agent in agents(member.group) if agent.pk not in set(own)]
    _tell(others, "purchase_group.joined", member.group, member.pk, authority=member.organisation.name)


def left(member: GroupMember) -> None:
    words = {"authority": member.organisation.name, "reason": member.reason}
    _tell(agents(member.group), "purchase_group.left", member.group, member.pk, **words)


def designated(member: GroupMember) -> None:
    engaging = Membership.objects.holding(Right.ENGAGES).filter(organisation=member.organisation)
    people = User.objects.filter(pk__in=engaging.values("person"), is_active=True)
    words = {"authority": member.organisation.name}
    _tell(people, "purchase_group.designated", member.group, _now(member), **words)


def answered(member: GroupMember, *, accepts: bool) -> None:
    kind = "purchase_group.accepted" if accepts else "purchase_group.declined"
    _tell(agents(member.group), kind, member.group, _now(member), authority=member.organisation.name)


def step_taken(group: PurchasingGroup) -> None:
    for person in agents(group):
        with override(person.language):
            state = group.get_state_display()
        _tell([person], "purchase_group.step", group, f"{group.pk}:{group.state}", state=state)


def archived(group: PurchasingGroup, reason: str) -> None:
    route = ("purchasing:group", str(group.key))
    _tell(agents(group), "purchase_group.archived", group, group.pk, route, reason=reason)


def written(message: Message) -> None:
    """Tells the other agents of the group that something was written, not what nor by whom."""
    others = [agent for agent in agents(message.group) if agent.pk != message.author_id]
    _tell(others, "purchase_message.written", message.group, message.pk, authority=message.organisation.name)


def reported(message: Message) -> None:
    moderators = User.objects.filter(groups__name=MODERATORS, is_active=True)
    route = ("purchasing_admin:group", message.group_id)
    _tell(moderators, "purchase_message.reported", message.group, message.pk, route)


def settled(message: Message) -> None:
    people = [message.reported_by] if message.reported_by else []
    _tell(people, "purchase_message.settled", message.group, message.pk)


def _now(member: GroupMember) -> str:
    """An authority may be designated again after it has declined."""
    return f"{member.pk}:{timezone.now().timestamp()}"


def _tell(
    people: Iterable[AbstractUser],
    kind: str,
    group: PurchasingGroup,
    event: object,
    route: tuple[str | int, ...] = (),
    **words: str,
) -> None:
    for person in people:
        with override(person.language):
            name = str(group)
        route = route or ("purchasing:room", str(group.key))
        notify([person], kind, f"{kind}:{event}", route, group=name, **words)
