"""Every screen from the opening to the outcome, in each language, on the way on which its people meet it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from metropole.board.lifecycle.services import take
from metropole.core.personal_data import export_of
from metropole.responses.enums import Verdict
from metropole.responses.models import FollowUp
from metropole.responses.opening import asking, exchanging, reading
from metropole.responses.opening.forms import AdoptForm
from tests.factories import MembershipFactory

from .steps import NONE, PARTNER, add_file, decide, marks, open_by, read_by, respond
from .test_opening import join
from .test_outcomes import ROUTE

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(params=["fr", "en"])
def look(request, client):
    """Reads a screen as somebody, in one language; gives its words."""

    def look(person, name, *arguments):
        client.force_login(person)
        with translation.override(request.param):
            address = reverse(name, args=arguments)
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode(errors="replace")

    return look


def test_each_screen_is_read_in_each_language(enquiry, company, depositor, first, second, look):
    response = respond(enquiry, company, partners=[PARTNER])
    add_file(response)
    key = enquiry.key
    look(first, "board:manage", key)
    look(first, "opening:opening", key)
    asking.ask(enquiry, first, NONE)
    for person in (first, second):
        look(person, "board:manage", key)
        look(person, "opening:opening", key)
    need = asking.confirm(enquiry, second, NONE)
    look(first, "opening:minutes", key)
    assert "Zébulon" in look(first, "opening:declaration", key)
    read_by(need, first, second)
    assert "Plan" in look(first, "opening:response", key, response.pk)
    reading.note(response, first, marks(need), "Bien.", is_finished=True)
    look(second, "opening:notes", key, response.pk)
    look(first, "opening:opinion", key, response.pk)
    reading.opine(response, first, marks(need), "Convient.")
    exchange = exchanging.invite(need, first, "demo", "Montrez-le.", timezone.now() + dt.timedelta(days=3), [response])
    invited = exchange.answers.get()
    for name in ("responses", "exchanges", "bundle_pdf", "declaration"):
        look(first, f"opening:{name}", key)
    look(depositor, "opening:answer", invited.pk)
    exchanging.answer(invited, depositor, "Volontiers.")
    look(depositor, "opening:received", response.pk)
    look(first, "opening:decision", key, response.pk)
    decide(response, first, Verdict.RETAINED)
    for step in ("adopt", "find_none_suitable", "abandon", "launch_consultation"):
        look(first, "opening:outcome", key, step)
    with time_machine.travel(exchange.due_at, tick=False):
        need = take(need, "adopt", first, reason="Oui.", **ROUTE)
        look(depositor, "opening:answer", invited.pk)
        look(depositor, "opening:received", response.pk)
        assert "Montrez-le." in look(second, "opening:response", key, response.pk)
        look(first, "board:manage", key)
        assert "opening:public_bundle" not in look(first, "board:need", need.slug)


def test_who_opens_and_reads_finds_it_among_their_data(need, response, first, second):
    need = open_by(need, first, second)
    read_by(need, first)
    reading.note(response, first, marks(need), "Bien.", is_finished=False)
    kept = export_of(first)
    assert kept["openings"]["openings"][0]["statement"] == NONE
    assert kept["openings"]["declarations"][0]["has_conflict"] is False
    assert kept["reading_notes"]["notes"][0]["text"] == "Bien."


def test_what_is_posted_to_screens_that_are_not_ones_own_changes_nothing(need, response, first, second, client):
    need = open_by(need, first, second)
    read_by(need, first)
    partner = join(need)
    read_by(need, partner)
    client.force_login(partner)
    for name in ("opinion", "decision"):
        address = reverse(f"opening:{name}", args=[need.key, response.pk])
        assert client.post(address, {"verdict": "studied", "reason": "Lue.", "text": "Oui."}).status_code == 403
    assert client.post(reverse("opening:exchanges", args=[need.key]), {"text": "Quoi ?"}).status_code == 403
    client.force_login(MembershipFactory(contributes=True).person)
    for name in ("opening", "declaration", "exchanges", "minutes"):
        assert client.post(reverse(f"opening:{name}", args=[need.key]), {"statement": NONE}).status_code == 404


def test_an_agent_who_leaves_their_authority_reads_nothing_any_more(need, response, lead, first, second):
    need = open_by(need, first, second)
    read_by(need, first)
    lead.contributes = False
    lead.save()
    with pytest.raises(PermissionDenied):
        reading.opened_by(response, first)
    assert not FollowUp.objects.exists()


def test_only_what_is_never_owed_is_optional_in_notes_and_in_the_opinion(enquiry, company, first, second, as_person):
    response = respond(enquiry, company)
    need = open_by(enquiry, first, second)
    read_by(need, first)

    def owed(name):
        form = as_person(first).get(reverse(f"opening:{name}", args=[need.key, response.pk])).context["form"]
        return {field.name for field in form if getattr(field.field, "is_owed", False)}

    assert owed("notes") == {f"mark-{number}" for number in range(len(reading.criteria_of(need)))}
    assert owed("opinion") == {"text"}


def test_the_amount_of_an_adoption_is_typed_as_people_write_it(enquiry):
    assert AdoptForm(enquiry).fields["amount"].clean("18 000 €") == 18_000
