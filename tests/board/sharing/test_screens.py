"""The screens on which agents bring their authorities together, in French and in English."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from metropole.board.enums import CoCarrierState
from metropole.board.models import CoCarrier, Need
from metropole.board.sharing import carriers
from metropole.board.sharing.carriers import Band
from tests.factories import MembershipFactory, NeedFactory, UserFactory

from .conftest import make_agent
from .test_joining import WHY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def url(name: str, need: Need, *args: object) -> str:
    return reverse(f"sharing:{name}", args=[need.key, *args])


def carry(need: Need, agent, state=CoCarrierState.ACCEPTED, **values) -> CoCarrier:
    return CoCarrier.objects.create(need=need, organisation=agent.organisation, state=state, **values)


def test_the_lead_finds_an_authority_by_its_name_and_invites_it(client, need, lead, other):
    client.force_login(lead.person)
    found = client.get(url("carriers", need), {"q": "bagn"}).content.decode()
    assert f'value="{other.organisation.slug}"' in found
    client.post(url("carriers", need), {"organisation": other.organisation.slug})
    assert need.co_carriers.get().state == CoCarrierState.INVITED
    client.post(url("take_back", need, need.co_carriers.get().pk))
    assert not need.co_carriers.exists()


@pytest.mark.parametrize("slug", ["", "nulle-part", "\x00", "x" * 5000])
def test_an_authority_that_is_none_is_not_invited(client, need, lead, slug):
    client.force_login(lead.person)
    assert client.post(url("carriers", need), {"organisation": slug}).status_code == 404


def test_an_invited_agent_reads_the_draft_and_accepts(client, lead, other):
    need = NeedFactory(organisation=lead.organisation, draft=True, title="Ombrager", summary="Trop de soleil.")
    invitation = carriers.invite(need, other.organisation, lead.person)
    client.force_login(other.person)
    screen = url("invitation", need, invitation.pk)
    assert screen in client.get(reverse("workspace")).content.decode()
    assert screen in client.get(reverse("sharing:shared")).content.decode()
    assert "Trop de soleil." in client.get(screen).content.decode()
    answer = client.post(screen, {"action": "accept", "value_low": "1 000", "value_high": "2 000 €", "reason": ""})
    assert answer.status_code == 302
    kept = need.co_carriers.get()
    assert (kept.state, kept.value_low, kept.value_high) == (CoCarrierState.ACCEPTED, 1000, 2000)
    assert screen not in client.get(reverse("sharing:shared")).content.decode()
    assert client.get(reverse("board:manage", args=[need.key])).status_code == 200


def test_a_refused_answer_is_shown_again_with_what_was_typed(client, direct, lead, other):
    invitation = carriers.invite(direct, other.organisation, lead.person)
    client.force_login(other.person)
    sent = {"action": "accept", "value_low": "20 000", "value_high": "44 000", "reason": WHY}
    shown = client.post(url("invitation", direct, invitation.pk), sent).content.decode()
    assert 'class="form-errors"' in shown
    assert "44 000" in shown
    assert "64" not in shown[shown.index('class="form-errors"') :].partition("</div>")[0]
    assert direct.co_carriers.get().state == CoCarrierState.INVITED
    half = client.post(url("invitation", direct, invitation.pk), sent | {"value_low": "x", "value_high": ""})
    assert 'id="id_value_low_error"' in half.content.decode()
    assert 'id="id_value_high_error"' in half.content.decode()


def test_an_agent_who_does_not_engage_reads_the_invitation_and_cannot_answer(client, need, lead, other):
    colleague = MembershipFactory(organisation=other.organisation, contributes=True)
    invitation = carriers.invite(need, other.organisation, lead.person)
    client.force_login(colleague.person)
    screen = url("invitation", need, invitation.pk)
    assert 'value="accept"' not in client.get(screen).content.decode()
    sent = {"action": "accept", "reason": WHY}
    assert client.post(screen, sent).status_code == 403
    assert need.co_carriers.get().state == CoCarrierState.INVITED


def test_for_strangers_the_screens_of_a_draft_are_not_there(client, lead, other):
    need = NeedFactory(organisation=lead.organisation, draft=True)
    invitation = carriers.invite(need, other.organisation, lead.person)
    client.force_login(make_agent().person)
    for name in ("invitation", "request", "leave", "value", "note", "take_back"):
        assert client.get(url(name, need, invitation.pk)).status_code == 404
        assert client.get(url(name, need, 10**30)).status_code == 404
    for name in ("carriers", "sourcing", "ask", "interest", "purchase"):
        assert client.get(url(name, need)).status_code == 404


def test_an_authority_asks_from_the_public_page_and_the_lead_answers(client, need, lead, other):
    client.force_login(other.person)
    assert url("ask", need) in client.get(need.get_absolute_url()).content.decode()
    sent = {"organisation": other.organisation.pk, "value_low": "", "value_high": "", "reason": WHY}
    assert client.post(url("ask", need), sent).status_code == 302
    assert "Ombrager la place" in client.get(reverse("sharing:shared")).content.decode()
    assert client.get(url("ask", need)).status_code == 403
    request = need.co_carriers.get()
    client.force_login(lead.person)
    screen = url("request", need, request.pk)
    assert screen in client.get(reverse("workspace")).content.decode()
    assert WHY in client.get(screen).content.decode()
    assert 'id="id_reason_error"' in client.post(screen, {"action": "refuse", "reason": ""}).content.decode()
    assert client.post(screen, {"action": "x"}).status_code == 404
    assert client.post(screen, {"action": "accept"}).status_code == 302
    assert "Bagneux" in client.get(need.get_absolute_url()).content.decode()


def test_a_forged_organisation_is_refused_at_its_field(client, need, lead, other):
    client.force_login(other.person)
    for organisation in (make_agent().organisation.pk, lead.organisation.pk, 10**30, "x"):
        shown = client.post(url("ask", need), {"organisation": organisation, "reason": WHY})
        assert 'id="id_organisation_error"' in shown.content.decode()
    assert not need.co_carriers.exists()


def test_who_engages_nobody_is_told_so(client, need):
    client.force_login(MembershipFactory(contributes=True).person)
    assert client.get(url("ask", need)).status_code == 403


def test_the_sum_is_in_no_byte_of_the_page_for_who_may_not_read_it(client, need, lead, other, threshold, moderator):
    need.value_low, need.value_high = 1, 21_000
    need.save()
    carry(need, other, value_low=1, value_high=22_111)
    page = need.get_absolute_url()
    for person in (None, make_agent().person, UserFactory(group="Editors")):
        client.logout()
        if person:
            client.force_login(person)
        assert "43111" not in _digits(client.get(page).content.decode())
    for person in (lead.person, other.person, moderator):
        client.force_login(person)
        assert "43111" in _digits(client.get(page).content.decode())
    client.logout()
    Need.objects.update(value_is_public=True)
    assert "<meter" in client.get(page).content.decode()


def _digits(page: str) -> str:
    """Of the part that tells who carries it."""
    start = page.index('<section id="carriers"')
    part = page[start : page.index("</section>", start)]
    return part.replace("\u202f", "").replace("\xa0", "").replace("&nbsp;", "")


def test_a_note_is_read_by_those_who_carry_it_and_not_by_moderators(client, lead, other, moderator):
    need = NeedFactory(organisation=lead.organisation, studying=True)
    carrier = carry(need, other)
    client.force_login(other.person)
    client.post(url("note", need, carrier.pk), {"veto": "Pas cette société."})
    screen = reverse("board:manage", args=[need.key])
    client.force_login(lead.person)
    assert "Pas cette société." in client.get(screen).content.decode()
    client.force_login(moderator)
    assert "Pas cette société." not in client.get(screen).content.decode()


def test_who_leaves_is_led_to_what_they_still_share(client, need, other):
    carrier = carry(need, other)
    client.force_login(other.person)
    screen = url("leave", need, carrier.pk)
    assert screen in client.get(reverse("board:manage", args=[need.key])).content.decode()
    answer = client.post(screen, {"reason": "Le budget manque."})
    assert answer.url == reverse("sharing:shared")
    assert client.get(reverse("board:manage", args=[need.key])).status_code == 404


def test_what_comes_too_late_is_kept_on_the_screen_with_the_reason(client, lead, other):
    need = NeedFactory(organisation=lead.organisation, closed=True)
    carrier = carry(need, other)
    client.force_login(other.person)
    shown = client.post(url("leave", need, carrier.pk), {"reason": "Le budget manque."})
    assert shown.status_code == 200
    assert "Le budget manque." in shown.content.decode()
    assert 'class="form-errors"' in shown.content.decode()


def test_the_page_of_an_authority_lists_its_needs_and_those_that_it_carries_or_has(client, need, other, rebuild_index):
    page = other.organisation.territory.get_absolute_url()
    assert "Ombrager la place" not in client.get(page).content.decode()
    carry(need, other)
    assert "Ombrager la place" in client.get(page).content.decode()


def test_the_public_page_asks_no_more_for_many_authorities(client, need):
    def count() -> int:
        for agent in (make_agent(), make_agent()):
            carry(need, agent)
            need.interests.create(organisation=make_agent().organisation)
        # What a new territory makes the site forget is there again for the second visit.
        for _visit in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{need.get_absolute_url()}?{timezone.now().timestamp()}")
        return len(queries)

    assert count() == count()


def test_every_screen_is_there_in_english(client, direct, need, lead, other):
    invitation = carry(direct, other, CoCarrierState.INVITED)
    request = carry(need, other, CoCarrierState.ASKED, reason=WHY, value_low=1, value_high=2)
    third = make_agent()
    with override("en"):
        for agent, screens in (
            (other, [url("invitation", direct, invitation.pk), reverse("sharing:shared"), url("interest", need)]),
            (lead, [url("request", need, request.pk), url("carriers", direct), url("sourcing", direct)]),
            (third, [url("ask", need), url("interest", need)]),
        ):
            client.force_login(agent.person)
            for screen in screens:
                answer = client.get(screen)
                assert answer.status_code == 200, screen
                assert screen.startswith("/en/workspace/")
    english = client.get(direct.address_in("en")).content.decode()
    assert "1 authority carries it." in english
    assert "No other authority has said so yet." in english


def test_the_export_of_a_person_tells_for_whom_they_asked_and_decided(need, lead, other):
    from metropole.core.personal_data import export_of

    request = carriers.ask(need, other.organisation, other.person, Band(), WHY)
    carriers.admit(request, lead.person)
    need.interests.create(organisation=other.organisation, said_by=other.person, scope="deux places")
    kept = export_of(other.person)
    assert kept["shared_needs"][0]["organisation"] == "Bagneux"
    assert kept["shared_needs"][0]["decided_at"] is None
    assert kept["interests"][0]["scope"] == "deux places"
    assert export_of(lead.person)["shared_needs"][0]["decided_at"]
