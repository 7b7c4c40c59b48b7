"""After an outcome, authorities that buy together note who coordinates and when their councils vote."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from metropole.board.enums import CoCarrierState, Outcome
from metropole.board.models import CoCarrier, Deliberation, JointPurchase
from metropole.board.sharing import joint
from tests.factories import NeedFactory

from .conftest import make_agent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
VOTE, SIGNED = dt.date(2027, 2, 12), dt.date(2027, 3, 1)


@pytest.fixture
def bought(lead, other):
    """A direct enquiry of two communes that has led to a solution."""
    need = NeedFactory(
        organisation=lead.organisation, direct=True, studying=True, outcome=Outcome.ADOPTED, outcome_at=timezone.now()
    )
    CoCarrier.objects.create(need=need, organisation=other.organisation, state=CoCarrierState.ACCEPTED)
    return need


def test_the_lead_names_the_coordinator_and_each_authority_its_own_vote(bought, lead, other):
    joint.deliberate(bought, other.organisation, other.person, VOTE)
    joint.deliberate(bought, lead.organisation, lead.person, VOTE)
    joint.prepare(bought, lead.person, other.organisation, SIGNED)
    purchase = JointPurchase.objects.get()
    assert (purchase.coordinator, purchase.agreement_on) == (other.organisation, SIGNED)
    joint.deliberate(bought, other.organisation, other.person, None)
    assert Deliberation.objects.get().organisation == lead.organisation


def test_nobody_speaks_for_the_council_of_another_authority(bought, lead, other):
    stranger = make_agent()
    for organisation, person in (
        (other.organisation, lead.person), (lead.organisation, other.person), (stranger.organisation, stranger.person),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            joint.deliberate(bought, organisation, person, VOTE)
    with pytest.raises(PermissionDenied):
        joint.prepare(bought, other.person, None, None)


def test_the_agreement_is_not_signed_before_a_council_has_voted(bought, lead, other):
    joint.deliberate(bought, other.organisation, other.person, SIGNED)
    with pytest.raises(ValidationError):
        joint.prepare(bought, lead.person, None, VOTE)
    joint.prepare(bought, lead.person, None, SIGNED)
    with pytest.raises(ValidationError):
        joint.deliberate(bought, lead.organisation, lead.person, SIGNED + dt.timedelta(days=1))
    assert Deliberation.objects.count() == 1


def test_only_one_of_those_who_carry_it_coordinates(bought, lead):
    with pytest.raises(ValidationError) as refused:
        joint.prepare(bought, lead.person, make_agent().organisation, None)
    assert "coordinator" in refused.value.message_dict


def test_without_an_outcome_that_buys_or_alone_there_is_no_joint_purchase(bought, lead):
    bought.outcome = Outcome.NONE_SUITABLE
    bought.save()
    with pytest.raises(ValidationError):
        joint.prepare(bought, lead.person, None, None)
    bought.outcome = Outcome.ADOPTED
    bought.save()
    bought.co_carriers.all().delete()
    with pytest.raises(ValidationError):
        joint.prepare(bought, lead.person, None, None)


def test_its_screen_is_for_those_who_carry_it_with_the_law_and_the_dates(client, bought, lead, other):
    url = reverse("sharing:purchase", args=[bought.key])
    client.force_login(make_agent().person)
    assert client.get(url).status_code == 404
    client.force_login(other.person)
    shown = client.get(url).content.decode()
    assert "L. 2113-6" in shown
    assert "L. 5211-4-4" in shown
    name = f"vote-{other.organisation.pk}-held_on"
    assert (
        'id="id_' + name + '_error"'
        in client.post(url, {"organisation": other.organisation.pk, name: "2027-02-30"}).content.decode()
    )
    assert client.post(url, {"organisation": other.organisation.pk, name: "2027-02-12"}).status_code == 302
    assert Deliberation.objects.get().held_on == VOTE
    assert client.post(url, {"organisation": lead.organisation.pk}).status_code == 403
    assert client.post(url, {"coordinator": "", "agreement_on": ""}).status_code == 403
    client.force_login(lead.person)
    assert 'id="id_coordinator_error"' in client.post(url, {"coordinator": "999999"}).content.decode()
    assert client.post(url, {"coordinator": other.organisation.pk, "agreement_on": "2027-03-01"}).status_code == 302
    assert url in client.get(reverse("board:manage", args=[bought.key])).content.decode()
