"""Following is for anybody who has signed in, their organisation verified or not: what they are told of is public."""

from metropole.core.policy import Person, policy

from ..models import Following, Need


@policy.rule("need.follow")
def may_follow(person: Person, need: Need) -> bool:
    """Be told what becomes of a need that everybody may read."""
    return need.is_listed


@policy.rule("following.change")
def may_change(person: Person, following: Following) -> bool:
    return following.person_id == person.pk
