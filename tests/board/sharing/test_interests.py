"""An authority says by name that it has a need too, and takes it back; also once the need has closed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from metropole.board.audience import people
from metropole.board.enums import CoCarrierState
from metropole.board.lifecycle.table import Told
from metropole.board.models import CoCarrier, Interest
from metropole.board.sharing import interests
from metropole.organisations.enums import Verification
from tests.factories import EptFactory, MembershipFactory, NeedFactory

from .conftest import make_agent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page(client, need) -> str:
    return client.get(need.get_absolute_url()).content.decode()


def test_everybody_reads_who_has_the_need_too_with_their_number_a_map_and_its_table(client, need, other):
    interests.say(need, other.organisation, other.person, "deux places", timezone.localdate())
    shown = page(client, need)
    assert "Bagneux" in shown
    assert "deux places" in shown
    assert 'href="#interests"' in shown
    assert shown.count('<path class="lv1"') >= 2


def test_who_says_it_twice_says_it_otherwise(need, other):
    interests.say(need, other.organisation, other.person, "une place")
    interests.say(need, other.organisation, other.person, "deux places")
    assert Interest.objects.get().scope == "deux places"


def test_it_is_taken_back_by_any_colleague(need, other):
    said = interests.say(need, other.organisation, other.person)
    colleague = MembershipFactory(organisation=other.organisation, contributes=True)
    with pytest.raises(PermissionDenied):
        interests.take_back(said, make_agent().person)
    interests.take_back(said, colleague.person)
    interests.take_back(said, colleague.person)
    assert not Interest.objects.exists()


def test_it_is_said_of_a_closed_need_but_of_none_that_was_withdrawn_or_is_a_draft(lead, other):
    closed = NeedFactory(organisation=lead.organisation, closed=True)
    interests.say(closed, other.organisation, other.person)
    withdrawn = NeedFactory(organisation=lead.organisation, withdrawn_at=timezone.now())
    for need in (withdrawn, NeedFactory(organisation=lead.organisation, draft=True)):
        with pytest.raises(ValidationError):
            interests.say(need, other.organisation, other.person)


def test_who_carries_it_does_not_say_that_they_have_it_too(need, lead, other):
    CoCarrier.objects.create(need=need, organisation=other.organisation, state=CoCarrierState.ACCEPTED)
    for agent in (lead, other):
        with pytest.raises(ValidationError):
            interests.say(need, agent.organisation, agent.person)


def test_nobody_speaks_for_an_authority_that_they_do_not_contribute_for(need, lead, other):
    company = MembershipFactory(organisation__commune=False, contributes=True)
    waiting = make_agent(organisation__verification=Verification.WAITING)
    for organisation, person in (
        (other.organisation, lead.person),
        (other.organisation, MembershipFactory(organisation=other.organisation, owns=True).person),
        (company.organisation, company.person),
        (waiting.organisation, waiting.person),
    ):
        with pytest.raises(PermissionDenied):
            interests.say(need, organisation, person)
    assert not Interest.objects.exists()


def test_those_who_have_it_too_follow_what_becomes_of_it(need, other):
    interests.say(need, other.organisation, other.person)
    assert other.person in people(need, Told.FOLLOWERS)


def test_a_territory_counts_in_each_of_its_communes_on_the_map(client, need, lead):
    ept = EptFactory(name="Vallée Sud")
    lead.organisation.territory.parent = ept
    lead.organisation.territory.save()
    agent = make_agent(organisation__commune=False, organisation__kind="ept", organisation__territory=ept)
    interests.say(need, agent.organisation, agent.person)
    assert '<path class="lv2"' in page(client, need)


def test_the_form_shows_what_was_typed_again_with_the_reason_at_its_field(client, need, other):
    client.force_login(other.person)
    url = reverse("sharing:interest", args=[need.key])
    sent = {"organisation": other.organisation.pk, "scope": "x" * 201, "wished_on": "2027-02-30"}
    shown = client.post(url, sent).content.decode()
    assert "x" * 201 in shown
    assert 'id="id_wished_on_error"' in shown
    forged = client.post(url, {"organisation": need.organisation_id}).content.decode()
    assert 'id="id_organisation_error"' in forged
    assert not Interest.objects.exists()


def test_from_the_page_of_the_need_and_back(client, need, other):
    client.force_login(other.person)
    url = reverse("sharing:interest", args=[need.key])
    assert url in page(client, need)
    client.post(url, {"organisation": other.organisation.pk, "scope": "deux places", "wished_on": ""})
    assert "deux places" in page(client, need)
    assert client.get(reverse("sharing:shared")).content.decode().count("Ombrager la place") == 1
    client.post(url, {"organisation": other.organisation.slug, "action": "take_back"})
    assert not Interest.objects.exists()


@pytest.mark.parametrize("slug", ["", "nulle-part", "\x00", "antony"])
def test_what_one_has_not_said_is_not_taken_back(client, need, other, slug):
    client.force_login(other.person)
    url = reverse("sharing:interest", args=[need.key])
    assert client.post(url, {"organisation": slug, "action": "take_back"}).status_code == 404


def test_who_contributes_for_nobody_is_told_why_they_cannot(client, need):
    client.force_login(MembershipFactory().person)
    assert client.get(reverse("sharing:interest", args=[need.key])).status_code == 403
