"""While it is open, a need is changed in the open: numbered, with the old words and the new, never nearer its end."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from metropole.board.enums import AmendmentKind, AmendmentState, NeedState, ThresholdKey
from metropole.board.lifecycle.effects import digest
from metropole.board.lifecycle.services import WrongStateError, take
from metropole.board.models import Need, NeedText, Threshold
from metropole.board.publishing import amendments
from metropole.moderation.queue import queue_for
from metropole.notifications.models import Notification
from metropole.organisations.enums import OrganisationKind, Right
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, language
from tests.factories.needs import COMPLETE, working_hour

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TYPED = {
    "title": "Ombrager la place",
    "summary": "Ce que la commune cherche, en deux phrases.",
    "problem": "Le problème.",
    "expected_result": "Le résultat attendu.",
    "success_criteria": "Ce qui sera mesuré.",
    "essential_criteria": "Fonctionne sans internet\r\nRelié au logiciel de la commune",
    "mode": "sourcing",
    "purchase_kind": "supplies",
    "reason": "Précision demandée.",
}
"""What the form of a change sends when nothing is changed."""


def url(name: str, need: Need) -> str:
    return reverse(f"publishing:{name}", args=[need.key])


def reason_at(error: ValidationError, field: str) -> str:
    return " ".join(error.message_dict[field])


def test_a_later_closing_takes_the_dates_of_questions_along(need, agent):
    closes_at = working_hour(27)
    moved = dt.timedelta(days=(timezone.localdate(closes_at) - timezone.localdate(need.closes_at)).days)
    amendment = amendments.extend(need, agent.person, closes_at, "Une visite est demandée.")
    after = Need.objects.get(pk=need.pk)
    assert after.closes_at == closes_at
    for name in ("questions_close_at", "answers_due_at"):
        before = timezone.localtime(getattr(need, name))
        assert timezone.localtime(getattr(after, name)).replace(tzinfo=None) == before.replace(tzinfo=None) + moved
    assert (amendment.number, amendment.kind) == (1, AmendmentKind.EXTENSION)
    assert [row["field"] for row in amendment.changes] == ["closes_at", "questions_close_at", "answers_due_at"]
    assert after.digest == digest(after)


@pytest.mark.parametrize("days", [-1, 0, None])
def test_the_closing_never_comes_nearer(need, agent, days):
    closes_at = None if days is None else need.closes_at + dt.timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        amendments.extend(need, agent.person, closes_at, "Plus tôt.")
    assert reason_at(refused.value, "closes_at")
    need.refresh_from_db()
    assert not need.amendments.exists()


def test_from_the_instant_of_the_closing_nothing_changes_any_more_and_what_was_typed_is_kept(as_agent, agent, need):
    text, before = need.original, Need.objects.get(pk=need.pk)
    later = timezone.localtime(working_hour(40)).strftime("%Y-%m-%dT%H:%M")
    with time_machine.travel(need.closes_at, tick=False):
        as_agent.force_login(agent.person)
        for name, typed in (
            ("extend", {"closes_at": later, "reason": "Trop tard, mais dit."}),
            ("change", TYPED | {"title": "Autre titre", "reason": "Trop tard, mais dit."}),
            ("ask_withdrawal", {"reason": "Trop tard, mais dit."}),
        ):
            page = as_agent.post(url(name, need), typed)
            assert page.status_code == 200
            assert "Trop tard, mais dit." in page.content.decode()
            assert page.context["form"].errors
    with time_machine.travel(need.closes_at - dt.timedelta(microseconds=1), tick=False):
        as_agent.force_login(agent.person)
        assert as_agent.post(url("ask_withdrawal", need), {"reason": "À temps."}).status_code == 302
    text.refresh_from_db()
    assert text.title == "Ombrager la place"
    assert Need.objects.get(pk=need.pk).closes_at == before.closes_at


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-28T02:30",
        "2027-10-31T02:30",
        "2027-02-30T10:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "9999-12-31T23:59-14:00",
        "demain",
        "2027-01-14",
    ],
)
def test_an_hour_that_does_not_exist_in_paris_or_twice_is_refused_at_its_field(as_agent, need, typed):
    page = as_agent.post(url("extend", need), {"closes_at": typed, "reason": "Une visite."})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"closes_at"}
    assert "Une visite." in page.content.decode()


def test_a_form_that_changes_nothing_says_so_and_one_that_clarifies_is_published_at_once(as_agent, need):
    Need.objects.update(digest=digest(need))
    seen = Need.objects.get(pk=need.pk).digest
    page = as_agent.post(url("change", need), TYPED | {"seen": seen})
    assert page.status_code == 200
    assert not need.amendments.exists()
    answer = as_agent.post(url("change", need), TYPED | {"seen": seen, "problem": "Le problème, l'été."})
    assert answer.status_code == 302
    after, amendment = Need.objects.get(pk=need.pk), need.amendments.get()
    assert (amendment.kind, amendment.state, amendment.number) == (AmendmentKind.WORDS, AmendmentState.PUBLISHED, 1)
    assert amendment.changes == [
        {"field": "problem", "old": "<p>Le problème.</p>", "new": "<p>Le problème, l&#x27;été.</p>"}
    ]
    assert after.digest == digest(after) != seen


def test_bold_and_links_of_words_that_nobody_changes_are_kept(as_agent, need):
    NeedText.objects.update(problem="<p>Le <b>problème</b>.</p>")
    as_agent.post(url("change", need), TYPED | {"summary": "Autre résumé."})
    text = NeedText.objects.get(need=need)
    assert (text.problem, text.summary) == ("<p>Le <b>problème</b>.</p>", "Autre résumé.")


def test_a_form_opened_before_another_change_is_refused(as_agent, need):
    page = as_agent.post(url("change", need), TYPED | {"seen": "0" * 64, "title": "Autre titre"})
    assert page.status_code == 200
    assert "Autre titre" in page.content.decode()
    assert not need.amendments.exists()


def test_a_material_change_waits_and_is_published_with_the_next_number(as_agent, agent, need, moderator, client):
    amendments.extend(need, agent.person, working_hour(27), "Une visite.")
    typed = TYPED | {"essential_criteria": "Fonctionne sans internet\nRelié au logiciel\nRéparable"}
    typed["seen"] = Need.objects.get(pk=need.pk).digest
    assert as_agent.post(url("change", need), typed).status_code == 302
    waiting = need.amendments.get(state=AmendmentState.PROPOSED)
    assert waiting.number is None
    assert "Réparable" not in client.get(need.get_absolute_url()).content.decode()
    assert [row.waiting for row in queue_for(moderator)] == ["amendment"]
    amendments.publish(waiting, moderator)
    waiting.refresh_from_db()
    assert (waiting.number, waiting.state) == (2, AmendmentState.PUBLISHED)
    page = client.get(need.get_absolute_url()).content.decode()
    assert "<ins>" in page
    assert "Réparable" in page
    assert not queue_for(moderator)


def test_one_material_change_waits_at_a_time(need, agent):
    amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.")
    with pytest.raises(ValidationError):
        amendments.change(need, agent.person, {"demonstrations": 3}, "Trois.")
    assert need.amendments.count() == 1


def test_nobody_publishes_the_change_of_their_own_authority(need, agent, moderator):
    agent.person.groups.add(*moderator.groups.all())
    waiting = amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.")
    with pytest.raises(PermissionDenied):
        amendments.publish(waiting, agent.person)
    need.refresh_from_db()
    assert need.demonstrations is None


def test_a_refused_change_leaves_the_need_and_says_why(need, agent, moderator):
    waiting = amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.")
    amendments.refuse(waiting, moderator, "Une suffit.")
    waiting.refresh_from_db()
    need.refresh_from_db()
    assert (waiting.state, waiting.refusal, need.demonstrations) == (AmendmentState.REFUSED, "Une suffit.", None)
    with pytest.raises(ValidationError):
        amendments.publish(waiting, moderator)


def test_a_material_change_leaves_companies_seven_days(need, agent):
    with time_machine.travel(need.closes_at - dt.timedelta(days=3), tick=False):
        with pytest.raises(ValidationError) as refused:
            amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.")
        assert reason_at(refused.value, "closes_at")
        amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.", closes_at=working_hour(10))
    assert need.amendments.get().state == AmendmentState.PROPOSED


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weightings": [{"criterion": "Prix", "weight": "99"}]}, "weightings"),
        ({"essential_criteria": ""}, "essential_criteria"),
        ({"value_low": 5, "value_high": 4}, "value_high"),
        ({"problem": "<p>Comme Lumineo.</p>"}, "problem"),
    ],
)
def test_a_change_that_would_leave_the_need_wrong_is_refused_at_its_field(agent, values, field):
    OrganisationFactory(name="Lumineo", kind=OrganisationKind.SME)
    law = {"key": ThresholdKey.DISPENSATION_SUPPLIES, "amount": 60_000, "valid_from": dt.date(2026, 4, 1)}
    Threshold.objects.create(**law, article="article R. 2122-8", source_url="https://law.example/")
    need = NeedFactory(
        organisation=agent.organisation,
        direct=True,
        closes_at=working_hour(20),
        questions_close_at=working_hour(8),
        answers_due_at=working_hour(10),
        **COMPLETE,
    )
    with pytest.raises(ValidationError) as refused:
        amendments.change(need, agent.person, values, "Voici.")
    assert reason_at(refused.value, field)
    assert not need.amendments.exists()


def test_a_change_whose_words_were_changed_meanwhile_is_not_published(need, agent, moderator):
    waiting = amendments.change(need, agent.person, {"constraints": "<p>Ici.</p>"}, "Où.")
    NeedText.objects.update(constraints="<p>Là.</p>")
    with pytest.raises(ValidationError):
        amendments.publish(waiting, moderator)
    assert NeedText.objects.get(need=need).constraints == "<p>Là.</p>"


def test_a_change_that_waits_at_the_closing_is_never_published(need, agent, moderator):
    waiting = amendments.change(need, agent.person, {"demonstrations": 2}, "Deux.")
    with time_machine.travel(need.closes_at, tick=False):
        with pytest.raises(WrongStateError):
            amendments.publish(waiting, moderator)
        assert not queue_for(moderator)
    need.refresh_from_db()
    assert need.demonstrations is None


def test_the_text_of_a_closed_need_equals_its_digest(in_review, agent, moderator):
    take(in_review, "publish", moderator)
    amendments.change(in_review, agent.person, {"summary": "Autre résumé."}, "Plus clair.")
    waiting = amendments.change(in_review, agent.person, {"demonstrations": 2, "constraints": "<p>Ici.</p>"}, "Deux.")
    amendments.publish(waiting, moderator)
    amendments.extend(in_review, agent.person, working_hour(45), "Une visite.")
    need = Need.objects.get(pk=in_review.pk)
    with time_machine.travel(need.closes_at, tick=False):
        assert need.state == NeedState.CLOSED
        assert need.digest == digest(need)


def test_others_than_the_lead_authority_change_nothing(client, need):
    stranger = MembershipFactory(organisation__commune=True, **{Right.CONTRIBUTES: True})
    client.force_login(stranger.person)
    for name in ("extend", "change", "ask_withdrawal"):
        assert client.get(url(name, need)).status_code == 404
        assert client.post(url(name, need), {"reason": "Non."}).status_code == 404


def test_a_moderator_sees_but_does_not_change(as_moderator, need):
    assert as_moderator.post(url("extend", need), {"reason": "Non."}).status_code == 403


@pytest.mark.parametrize(
    "typed",
    [
        {"mode": "referral"},
        {"mode": "x"},
        {"value_high": "99999999999999999999"},
        {"duration_months": "-1"},
        {"weightings": "]["},
        {"title": "x" * 200},
        {"wished_start": "2027-02-30"},
        {"essential_criteria": "x" * 6001},
        {"reason": ""},
    ],
)
def test_what_cannot_be_is_refused_and_kept(as_agent, need, typed):
    page = as_agent.post(url("change", need), TYPED | {"summary": "Autre résumé."} | typed)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == typed.keys()
    assert "Autre résumé." in page.content.decode()
    assert not need.amendments.exists()


def test_a_draft_is_not_amended(as_agent, agent):
    draft = NeedFactory(draft=True, organisation=agent.organisation)
    assert as_agent.get(url("change", draft)).status_code == 302


def test_all_agents_of_the_authority_are_told_once_of_a_change(need, agent):
    colleague = MembershipFactory(organisation=agent.organisation, **{Right.CONTRIBUTES: True})
    amendments.change(need, agent.person, {"summary": "Autre résumé."}, "Plus clair.")
    news = Notification.objects.filter(kind="need.amend")
    assert [one.person for one in news] == [colleague.person]
    assert news.get().words["reason"] == "Plus clair."


def test_a_published_translation_is_said_to_be_behind_once_the_words_have_changed(
    client, need, agent, django_capture_on_commit_callbacks
):
    source, _created = TranslationSource.update_or_create_from_instance(need.original)
    translation = Translation.objects.create(source=source, target_locale=language("en"))
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=language("en"), data="English words"
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    behind = "the original has changed since"
    assert behind not in client.get(need.address_in("en")).content.decode()
    amendments.change(need, agent.person, {"problem": "<p>Un autre problème.</p>"}, "Plus clair.")
    assert behind in client.get(need.address_in("en")).content.decode()
