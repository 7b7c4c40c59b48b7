import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from metropole.core.lifecycle import Lifecycle, Transition, TransitionRefusedError
from metropole.organisations.enums import MembershipState, Right
from metropole.organisations.models import Membership
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

LIFECYCLE = Lifecycle(
    "tests.membership",
    (
        Transition("accept", ("asked",), "active", "tests.accept", "a member is accepted"),
        Transition("refuse", ("asked",), "refused", "tests.accept", "a member is refused", needs_reason=True),
        Transition("expire", ("asked", "active"), "left", None, "a member is forgotten"),
    ),
)


@pytest.fixture(autouse=True)
def rule(monkeypatch):
    monkeypatch.setattr(
        "metropole.core.policy.policy._rules", {"tests.accept": lambda person, membership: person.first_name == "A"}
    )


@pytest.fixture
def owner():
    return UserFactory(first_name="A")


def test_an_allowed_action_changes_the_state_and_is_in_the_log(owner):
    asked = MembershipFactory(state="asked")
    asked.contributes = True
    LIFECYCLE.apply(asked, "accept", owner, changed=[Right.CONTRIBUTES])
    kept = Membership.objects.get()
    assert (kept.state, kept.contributes) == (MembershipState.ACTIVE, True)
    entry = ModelLogEntry.objects.get()
    assert (entry.user, entry.action) == (owner, "tests.membership.accept")
    assert (entry.data["before"], entry.data["after"]) == ({"state": "asked"}, {"state": "active"})
    assert entry.comment == f"état : demande à rejoindre → état : membre – pour {asked.organisation}"


def test_who_may_not_changes_nothing(owner):
    asked = MembershipFactory(state="asked")
    with pytest.raises(PermissionDenied):
        LIFECYCLE.apply(asked, "accept", UserFactory())
    assert Membership.objects.get().state == "asked"
    assert not ModelLogEntry.objects.exists()


def test_the_state_in_the_database_counts_and_not_the_one_that_was_read_before(owner):
    asked = MembershipFactory(state="asked")
    Membership.objects.update(state="refused")
    with pytest.raises(TransitionRefusedError):
        LIFECYCLE.apply(asked, "accept", owner)
    assert Membership.objects.get().state == "refused"


def test_a_refusal_owes_a_reason(owner):
    asked = MembershipFactory(state="asked")
    with pytest.raises(TransitionRefusedError) as error:
        LIFECYCLE.apply(asked, "refuse", owner, reason="  ")
    assert "reason" in error.value.message_dict
    LIFECYCLE.apply(asked, "refuse", owner, reason="Not one of us.")
    assert ModelLogEntry.objects.get().data["reason"] == "Not one of us."


def test_what_is_possible_depends_on_the_state_and_on_the_person(owner):
    asked = MembershipFactory(state="asked")
    assert [transition.action for transition in LIFECYCLE.possible(asked, owner)] == ["accept", "refuse"]
    assert LIFECYCLE.possible(asked, UserFactory()) == []
    asked.state = "active"
    assert LIFECYCLE.possible(asked, owner) == []


def test_the_site_does_by_itself_what_nobody_may_do(owner):
    active = MembershipFactory()
    LIFECYCLE.apply(active, "expire", None)
    assert Membership.objects.get().state == "left"
    assert ModelLogEntry.objects.get().user is None
