"""Moderators find needs in their queue and in a list, and decide on them by the lifecycle's table alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from metropole.board.enums import NeedState
from metropole.board.lifecycle.services import take
from metropole.board.models import Need
from metropole.moderation.queue import queue_for, waiting_count
from metropole.organisations.enums import Right
from tests.factories import MembershipFactory, NeedFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def screen(need: Need) -> str:
    return reverse("needs_admin:need", args=[need.pk])


def decide(client, need: Need, action: str, **words):
    words = {f"{action}-{name}": value for name, value in words.items()}
    submitted = need.submitted_at.isoformat() if need.submitted_at else ""
    return client.post(screen(need), {"action": action, "submitted": submitted, **words})


def test_what_waits_is_in_the_queue_until_it_is_decided(moderator, in_review, as_moderator):
    waiting = NeedFactory(withdrawal_asked_at=timezone.now(), withdrawal_reason="Budget.")
    NeedFactory(closed=True, withdrawal_asked_at=timezone.now())
    assert [row.url for row in queue_for(moderator)] == [screen(in_review), screen(waiting)]
    assert waiting_count() == 2
    take(in_review, "publish", moderator)
    assert [row.url for row in queue_for(moderator)] == [screen(waiting)]


def test_the_screen_shows_the_words_and_what_keeps_the_need_from_being_published(as_moderator, in_review):
    Need.objects.update(closes_at=timezone.now() + dt.timedelta(days=1), questions_close_at=None, answers_due_at=None)
    page = as_moderator.get(screen(in_review)).content.decode()
    assert "Ombrager la place" in page
    assert "Fonctionne sans internet" in page
    assert "15" in page[page.index("help-critical") :]


def test_a_moderator_publishes_and_everybody_reads(as_moderator, in_review, client):
    assert decide(as_moderator, in_review, "publish").status_code == 302
    in_review.refresh_from_db()
    assert in_review.state == NeedState.OPEN
    assert in_review.slug == "ombrager-la-place"
    assert len(in_review.digest) == 64


def test_a_version_that_was_not_read_is_not_published(as_moderator, in_review):
    read = Need.objects.get(pk=in_review.pk)
    Need.objects.update(submitted_at=timezone.now())
    decide(as_moderator, read, "publish")
    in_review.refresh_from_db()
    assert in_review.state == NeedState.IN_REVIEW


def test_a_need_is_given_back_with_a_reason_and_not_without(as_moderator, in_review):
    refused = decide(as_moderator, in_review, "give_back", reason="", canned="")
    assert refused.status_code == 200
    in_review.refresh_from_db()
    assert in_review.state == NeedState.IN_REVIEW
    decide(as_moderator, in_review, "give_back", reason="Dites pour qui.", canned="")
    in_review.refresh_from_db()
    assert (in_review.state, in_review.return_reason) == (NeedState.TO_CORRECT, "Dites pour qui.")


def test_nobody_decides_on_the_need_of_their_own_authority(client, agent, in_review, moderator):
    agent.person.groups.add(*moderator.groups.all())
    client.force_login(agent.person)
    assert [row.is_own for row in queue_for(agent.person)] == [True]
    assert 'name="action"' not in client.get(screen(in_review)).content.decode()
    assert decide(client, in_review, "publish").status_code in (302, 403)
    in_review.refresh_from_db()
    assert in_review.state == NeedState.IN_REVIEW


def test_a_withdrawal_is_decided_with_the_authoritys_own_reason(as_moderator, need):
    Need.objects.update(withdrawal_asked_at=timezone.now(), withdrawal_reason="Budget refusé.")
    need.refresh_from_db()
    assert "Budget refusé." in as_moderator.get(screen(need)).content.decode()
    decide(as_moderator, need, "withdraw", reason="Budget refusé.")
    need.refresh_from_db()
    assert need.state == NeedState.WITHDRAWN


def test_a_need_that_is_not_withdrawn_waits_no_longer(as_moderator, need, moderator):
    Need.objects.update(withdrawal_asked_at=timezone.now(), withdrawal_reason="Budget refusé.")
    decide(as_moderator, need, "refuse_withdrawal", reason="Les réponses arrivent.", canned="")
    need.refresh_from_db()
    assert (need.state, need.withdrawal_asked_at) == (NeedState.OPEN, None)
    assert not queue_for(moderator)


def test_after_the_closing_a_withdrawal_is_refused_and_the_reason_typed_is_kept(as_moderator, moderator, need):
    Need.objects.update(withdrawal_asked_at=timezone.now())
    with time_machine.travel(need.closes_at, tick=False):
        as_moderator.force_login(moderator)
        page = decide(as_moderator, need, "withdraw", reason="Budget refusé.")
    assert page.status_code == 200
    assert "Budget refusé." in page.content.decode()
    need.refresh_from_db()
    assert need.withdrawn_at is None


def test_an_outcome_is_taken_back_and_an_ended_need_archived(as_moderator):
    need = NeedFactory(studying=True, outcome="abandoned", outcome_at=timezone.now(), outcome_reason="Plus besoin.")
    decide(as_moderator, need, "clear_outcome", reason="Erreur de saisie.")
    need.refresh_from_db()
    assert need.state == NeedState.STUDYING
    ended = NeedFactory(studying=True, outcome="abandoned", outcome_at=timezone.now())
    decide(as_moderator, ended, "archive", reason="Terminé.")
    ended.refresh_from_db()
    assert ended.state == NeedState.ARCHIVED


@pytest.mark.parametrize("action", ["", "submit", "open_responses", "../", "publish"])
def test_what_no_screen_offers_is_refused_without_an_error(as_moderator, need, action):
    assert decide(as_moderator, need, action).status_code in (302, 404)
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


def test_the_list_is_by_the_state_of_the_moment_and_says_when_it_is_empty(as_moderator, moderator, need):
    NeedFactory(closed=True, title="Trier les déchets")

    def listed(**parameters):
        return {one.name for one, _state in as_moderator.get(reverse("needs_admin:needs"), parameters).context["rows"]}

    assert listed() == {"Ombrager la place", "Trier les déchets"}
    assert listed(state="open") == {"Ombrager la place"}
    assert listed(state="closed") == {"Trier les déchets"}
    assert listed(q="ombrager") == {"Ombrager la place"}
    assert listed(state="merged") == set()
    with time_machine.travel(need.closes_at, tick=False):
        as_moderator.force_login(moderator)
        assert listed(state="open") == set()


@pytest.mark.parametrize("parameters", [{"state": "'"}, {"q": "\x00"}, {"p": "-1"}, {"p": "x"}, {"q": "%" * 5000}])
def test_the_list_bears_whatever_is_asked_of_it(as_moderator, need, parameters):
    assert as_moderator.get(reverse("needs_admin:needs"), parameters).status_code == 200


def test_the_preview_is_the_public_page_of_a_need_that_is_not_public(as_moderator, in_review):
    preview = reverse("needs_admin:preview", args=[in_review.pk])
    page = as_moderator.get(preview)
    assert page.status_code == 200
    assert "Ombrager la place" in page.content.decode()
    assert "noindex" in page.content.decode()
    assert as_moderator.get(reverse("needs_admin:preview", args=[2**63])).status_code == 404


@pytest.mark.parametrize("name", ["need", "preview"])
def test_agents_and_companies_do_not_see_the_screens_of_moderators(client, in_review, name):
    member = MembershipFactory(organisation__commune=True, **{Right.CONTRIBUTES: True})
    client.force_login(member.person)
    assert client.get(reverse(f"needs_admin:{name}", args=[in_review.pk])).status_code in (302, 403)
    assert client.get(reverse("needs_admin:needs")).status_code in (302, 403)


def test_editors_read_what_is_submitted_but_not_what_is_still_written(client, in_review):
    draft = NeedFactory(draft=True, title="Un brouillon")
    client.force_login(UserFactory(editor=True))
    assert client.get(screen(in_review)).status_code == 200
    assert client.get(screen(draft)).status_code in (302, 403)
    rows = client.get(reverse("needs_admin:needs")).context["rows"]
    assert {need.name for need, _state in rows} == {"Ombrager la place"}
    decide(client, in_review, "publish")
    in_review.refresh_from_db()
    assert in_review.state == NeedState.IN_REVIEW
