"""What everybody reads of a need: its state by the clock, its terms, its changes, its history; never a person."""

import datetime as dt

import pytest
import time_machine
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation

from metropole.board.enums import NeedState
from metropole.board.lifecycle.services import take
from metropole.board.models import Need, NeedEvent, NeedFile
from metropole.board.publishing import amendments
from metropole.board.publishing.display import remaining
from metropole.contributions.enums import ScanState
from metropole.search.models import OutboxEntry
from tests.factories import NeedFactory
from tests.factories.needs import working_hour

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ATOM = "{http://www.w3.org/2005/Atom}"


def page(client, need: Need, language: str = "fr") -> str:
    response = client.get(need.address_in(language))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (dt.timedelta(days=3, hours=4, minutes=5), "3 days and 4 hours"),
        (dt.timedelta(days=1), "1 day"),
        (dt.timedelta(hours=2, minutes=1), "2 hours and 1 minute"),
        (dt.timedelta(minutes=2), "2 minutes"),
        (dt.timedelta(seconds=30), "less than a minute"),
        (dt.timedelta(seconds=-1), ""),
    ],
)
def test_the_time_that_is_left_is_said_in_words(left, words):
    now = timezone.now()
    with translation.override("en"):
        assert remaining(now + left, now) == words


def test_the_state_follows_the_clock(client, need):
    assert "Open" in page(client, need, "en")
    with time_machine.travel(need.closes_at, tick=False):
        closed = page(client, need, "en")
    assert 'class="badge badge-open"' not in closed
    assert " left" not in closed


def test_who_withdrew_a_need_and_why_stands_above_its_page(client, need, agent, moderator):
    take(need, "ask_withdrawal", agent.person, reason="Budget refusé.")
    assert "Budget refusé." not in page(client, need)
    take(need, "withdraw", moderator, reason="Budget refusé.")
    head = page(client, need).split("<aside")[0]
    assert "Budget refusé." in head


def test_an_outcome_stands_above_the_page_with_where_it_goes_on(client):
    need = NeedFactory(
        studying=True,
        outcome="consultation",
        outcome_at=timezone.now(),
        outcome_reason="<script>alert(1)</script> Le marché est lancé.",
        outcome_url="https://marches.example/1",
    )
    found = page(client, need)
    assert "Le marché est lancé." in found
    assert 'href="https://marches.example/1"' in found
    assert "<script>alert(1)" not in found


def test_sixty_days_after_the_closing_readers_are_told_that_nobody_has_said_what_became_of_it(client, need):
    silent = "What became of it is not communicated"
    with time_machine.travel(need.closes_at + dt.timedelta(days=60), tick=False):
        assert silent in page(client, need, "en")
    with time_machine.travel(need.closes_at + dt.timedelta(days=60, seconds=-1), tick=False):
        assert silent not in page(client, need, "en")
    ended = NeedFactory(studying=True, outcome="abandoned", outcome_at=timezone.now())
    with time_machine.travel(ended.closes_at + dt.timedelta(days=61), tick=False):
        assert silent not in page(client, ended, "en")


def test_a_merged_need_leads_to_the_other_and_leaves_the_search(client, need):
    other = NeedFactory(slug="autre")
    Need.objects.filter(pk=need.pk).update(merged_into=other, merged_at=timezone.now())
    answer = client.get(need.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, other.get_absolute_url())
    assert not Need.objects.listed().filter(pk=need.pk).exists()


def test_an_archived_need_is_read_but_not_listed(client):
    need = NeedFactory(studying=True, outcome="abandoned", outcome_at=timezone.now(), archived_at=timezone.now())
    assert "archived" in page(client, need, "en")
    assert not Need.objects.listed().exists()


def test_a_step_reaches_the_search_index(need, agent, moderator):
    take(need, "ask_withdrawal", agent.person, reason="Budget.")
    OutboxEntry.objects.all().delete()
    take(need, "withdraw", moderator)
    assert f"board.need:{need.pk}" in {entry.document_key for entry in OutboxEntry.objects.all()}


@pytest.mark.parametrize(("is_public", "shown"), [(True, "12,000"), (False, "not public")])
def test_the_value_is_read_where_its_authority_lets_it(client, is_public, shown):
    need = NeedFactory(direct=True, value_low=12_000, value_high=15_000, value_is_public=is_public)
    found = page(client, need, "en")
    assert shown in found
    assert ("15,000" in found) is is_public


def test_criteria_and_weightings_are_read_and_escaped(client):
    need = NeedFactory(direct=True, essential_criteria="<b>Réparable</b>\nRelié", desirable_criteria="Léger")
    found = page(client, need)
    assert "&lt;b&gt;Réparable&lt;/b&gt;</li>" in found
    assert "Léger</li>" in found
    assert '<th scope="row">Prix</th><td class="number">40</td>' in found


def test_early_contacts_are_read_once_nobody_can_respond_any_more(client, need):
    contact = {"date": "2026-10-01", "organisation": "Lumineo", "subject": "Une démonstration"}
    Need.objects.filter(pk=need.pk).update(early_contacts=[contact])
    assert "Lumineo" not in page(client, need)
    with time_machine.travel(need.closes_at, tick=False):
        assert "Lumineo" in page(client, need)


def test_documents_are_for_who_may_read_the_need(client, need, as_agent):
    draft = NeedFactory(draft=True)
    file, hidden, unscanned = _file(need), _file(draft), _file(need, ScanState.WAITING)

    def status(key, pk) -> int:
        answer = client.get(reverse("drafting:file", args=[key, pk, "plan.pdf"]))
        answer.close()
        return answer.status_code

    assert "Plan" in page(client, need)
    assert status(need.key, file.pk) == 200
    assert status(need.key, hidden.pk) == status(draft.key, hidden.pk) == status(need.key, unscanned.pk) == 404
    assert status(need.key, 2**64) == 404


def _file(need: Need, scan: str = ScanState.CLEAN) -> NeedFile:
    file = NeedFile(need=need, name="plan.pdf", size=4, title="Plan", scan=scan)
    file.file.save("plan.pdf", ContentFile(b"%PDF"))
    return file


def test_the_public_history_tells_steps_and_authorities_but_no_person(client, in_review, agent, moderator):
    agent.person.first_name, agent.person.last_name = "Ségolène", "Quidam"
    agent.person.save()
    moderator.first_name, moderator.last_name = "Zébulon", "Quelconque"
    moderator.save()
    take(in_review, "publish", moderator)
    amendments.extend(in_review, agent.person, working_hour(45), "Une visite est demandée.")
    take(in_review, "ask_withdrawal", agent.person, reason="Interne : la directrice hésite.")
    need = Need.objects.get(pk=in_review.pk)
    feed = client.get(reverse("publishing:feed", args=[need.slug])).content.decode()
    for found in (page(client, need), feed):
        assert agent.organisation.name in found
        assert "Une visite est demandée." in found
        assert "la directrice hésite" not in found
        for person in (agent.person, moderator):
            assert person.email not in found
            assert person.last_name not in found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_feed_of_a_history_is_valid_atom_whatever_was_typed(client, need, language):
    event = NeedEvent(need=need, action="extend", reason="Un \x0b caractère & <b>", after=NeedState.OPEN)
    event.save()
    with translation.override(language):
        answer = client.get(reverse("publishing:feed", args=[need.slug]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 2
    assert all(entry.find(f"{ATOM}updated").text and entry.find(f"{ATOM}title").text for entry in entries)


@pytest.mark.parametrize("slug", ["rien", "place-2", "rules"])
def test_there_is_no_feed_of_what_nobody_reads(client, in_review, slug):
    assert client.get(reverse("publishing:feed", args=[slug])).status_code == 404
    assert client.get(reverse("publishing:feed", args=[in_review.slug])).status_code == 404


def test_an_amendment_says_what_went_and_what_came(client, need, agent):
    amendments.change(need, agent.person, {"problem": "<p>Le grand problème.</p>"}, "Plus précis.")
    found = page(client, need)
    assert "<ins>grand </ins>" in found or "<ins> grand</ins>" in found or "<ins>grand</ins>" in found
    assert "Plus précis." in found


def test_an_english_reader_reads_the_page_in_english_and_the_words_in_their_own_language(client, need, agent):
    amendments.extend(need, agent.person, working_hour(45), "Une visite est demandée.")
    found = page(client, need, "en")
    for words in ("Criteria", "Amendments", "What this page is not", "Paris time"):
        assert words in found
    assert '<div lang="fr"><p>Une visite est demandée.</p></div>' in found


@pytest.mark.parametrize("is_public", [True, False])
def test_an_amendment_does_not_tell_a_value_that_is_not_public(client, need, agent, moderator, is_public):
    Need.objects.update(value_is_public=is_public)
    amendments.publish(
        amendments.change(need, agent.person, {"value_low": 1_234, "value_high": 56_789}, "Estimé."), moderator
    )
    found = page(client, need, "en")
    assert "Estimé." in found
    assert ("56,789" in found) is is_public
