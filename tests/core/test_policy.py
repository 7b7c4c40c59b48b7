import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from metropole.core.policy import Policy
from tests.factories import UserFactory


@pytest.fixture
def policy() -> Policy:
    policy = Policy()
    policy.rule("door.open")(lambda person, door: door == "front")
    policy.rule("door.see", public=True)(lambda person, door: True)
    return policy


def test_the_rule_of_an_action_answers(policy):
    person = UserFactory.build()
    assert policy.may(person, "door.open", "front")
    assert not policy.may(person, "door.open", "back")
    with pytest.raises(PermissionDenied):
        policy.require(person, "door.open", "back")


@pytest.mark.parametrize("person", [AnonymousUser(), UserFactory.build(is_active=False)])
def test_who_has_not_signed_in_or_is_no_more_is_allowed_what_is_public_alone(policy, person):
    assert not policy.may(person, "door.open", "front")
    assert policy.may(person, "door.see")


def test_an_action_without_a_rule_is_a_mistake_and_so_are_two_rules(policy):
    with pytest.raises(KeyError):
        policy.may(UserFactory.build(), "door.paint")
    with pytest.raises(ValueError, match="two rules"):
        policy.rule("door.open")(lambda person, door: True)
