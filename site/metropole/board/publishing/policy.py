"""Who of the Métropole reads needs in the admin. What they decide there, the lifecycle's own rules say."""

from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_moderator, may_see_queue

from ..enums import WRITABLE
from ..models import Need


@policy.rule("need.list")
def may_list(person: Person, _nothing: None) -> bool:
    return may_see_queue(person, None)


@policy.rule("need.review")
def may_review(person: Person, need: Need) -> bool:
    """Read it in the admin; what its author still writes, moderators alone."""
    return may_see_queue(person, None) and (is_moderator(person) or need.state not in WRITABLE)
