"""Whatever people do in whatever order, memberships and verifications go as their tables say."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropole.core.lifecycle import Lifecycle, TransitionRefusedError
from metropole.organisations.enums import MembershipState, Verification
from metropole.organisations.transitions import MEMBERSHIPS, VERIFICATIONS
from tests.accounts.people import make_person
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def steps(lifecycle: Lifecycle):
    action = st.sampled_from([one.action for one in lifecycle.transitions])
    return st.lists(st.tuples(action, st.sampled_from(["", "Parce que."]), st.integers(0, 3)), max_size=6)


def follow(lifecycle: Lifecycle, instance, state: str, done, people, allowed) -> None:
    """Does what was drawn, beside a model of the table that is this function alone."""
    table = {one.action: one for one in lifecycle.transitions}
    for action, reason, number in done:
        one, person = table[action], people[number]
        is_possible = state in one.sources and (reason or not one.needs_reason)
        may = one.may is None or (one.may, number) in allowed
        try:
            lifecycle.apply(instance, action, person, reason=reason)
        except TransitionRefusedError:
            assert not is_possible
        except PermissionDenied:
            assert not may
        else:
            assert is_possible
            assert may
            state = one.target
        instance.refresh_from_db()
        assert getattr(instance, lifecycle.state_field) == state


MEMBER, OWNER, EDITOR, STRANGER = range(4)


@pytest.fixture
def people(person, commune, owner, editor):
    return [person, owner, editor, make_person(email="stranger@example.org")]


@FEW
@given(start=st.sampled_from(MembershipState.values), done=steps(MEMBERSHIPS))
def test_memberships(people, commune, start, done):
    commune.memberships.filter(person=people[MEMBER]).delete()
    membership = MembershipFactory(person=people[MEMBER], organisation=commune, state=start)
    managing = {(verb, who) for verb in ("membership.decide", "membership.remove") for who in (OWNER, EDITOR)}
    follow(MEMBERSHIPS, membership, start, done, people, managing | {("membership.leave", MEMBER)})


@FEW
@given(start=st.sampled_from(Verification.values), done=steps(VERIFICATIONS))
def test_verifications(people, start, done):
    company = OrganisationFactory(verification=start)
    MembershipFactory(person=people[MEMBER], organisation=company)
    MembershipFactory(person=people[OWNER], organisation=company, owns=True)
    allowed = {("organisation.verify", EDITOR), ("organisation.manage", OWNER), ("organisation.manage", EDITOR)}
    follow(VERIFICATIONS, company, start, done, people, allowed)
