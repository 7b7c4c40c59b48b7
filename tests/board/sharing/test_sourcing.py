"""A direct enquiry becomes a sourcing, so that more authorities can join than the threshold allows."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from metropole.board.enums import AmendmentKind, NeedMode
from metropole.board.lifecycle.effects import digest
from metropole.board.lifecycle.guards import latest_questions
from metropole.board.models import Amendment
from metropole.board.sharing import carriers
from metropole.board.sharing.carriers import Band, JoiningCrossesError
from metropole.board.sharing.sourcing import earliest_closing, turn_to_sourcing
from tests.factories import working_hour

from .test_joining import WHY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
WIDER = "D’autres communes nous rejoignent."


def test_once_the_mode_is_changed_the_authority_joins_that_could_not(direct, lead, other):
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(JoiningCrossesError):
        carriers.accept(invitation, other.person, Band(1, 44_000), WHY)
    turn_to_sourcing(direct, lead.person, WIDER)
    carriers.accept(invitation, other.person, Band(1, 44_000), WHY)
    direct.refresh_from_db()
    assert direct.mode == NeedMode.SOURCING
    assert direct.digest == digest(direct)
    assert [one.kind for one in Amendment.objects.order_by("number")] == [
        AmendmentKind.MATERIAL,
        AmendmentKind.CARRIERS,
    ]


def test_the_change_is_a_material_amendment_that_tells_the_old_mode_and_the_weightings_that_go(direct, lead):
    turn_to_sourcing(direct, lead.person, WIDER)
    amendment = Amendment.objects.get()
    mode, weightings = amendment.changes
    assert mode == {"field": "mode", "old": "direct", "new": "sourcing"}
    assert "Qualité" in weightings["old"]
    direct.refresh_from_db()
    assert direct.weightings == []


def test_companies_keep_seven_days_and_the_closing_takes_the_questions_along(direct, lead):
    direct.closes_at, direct.questions_close_at = working_hour(3), timezone.now() + dt.timedelta(days=1)
    direct.answers_due_at = direct.questions_close_at + dt.timedelta(days=1)
    direct.save()
    with pytest.raises(ValidationError) as refused:
        turn_to_sourcing(direct, lead.person, WIDER)
    assert "closes_at" in refused.value.message_dict
    proposed, before = earliest_closing(direct), direct.questions_close_at
    turn_to_sourcing(direct, lead.person, WIDER, proposed)
    direct.refresh_from_db()
    assert direct.closes_at == proposed
    assert before < direct.questions_close_at <= latest_questions(proposed)
    assert direct.questions_close_at <= direct.answers_due_at <= direct.closes_at


def test_a_sourcing_lasts_fifteen_days_from_its_publication(direct, lead):
    direct.published_at, direct.closes_at = timezone.now(), working_hour(10)
    direct.save()
    with pytest.raises(ValidationError):
        turn_to_sourcing(direct, lead.person, WIDER)
    assert earliest_closing(direct) >= direct.published_at + dt.timedelta(days=15)
    turn_to_sourcing(direct, lead.person, WIDER, earliest_closing(direct))


def test_it_never_closes_earlier_nor_on_a_day_off(direct, lead):
    sunday = direct.closes_at + dt.timedelta(days=(6 - direct.closes_at.weekday()) % 7 or 7)
    for closing in (direct.closes_at - dt.timedelta(minutes=1), sunday):
        with pytest.raises(ValidationError):
            turn_to_sourcing(direct, lead.person, WIDER, closing)


def test_the_lead_alone_changes_it_once_while_it_is_open(direct, lead, other, need):
    with pytest.raises(PermissionDenied):
        turn_to_sourcing(direct, other.person, WIDER)
    with pytest.raises(ValidationError):
        turn_to_sourcing(need, lead.person, WIDER)
    with time_machine.travel(direct.closes_at, tick=False), pytest.raises(ValidationError):
        turn_to_sourcing(direct, lead.person, WIDER)
    turn_to_sourcing(direct, lead.person, WIDER)
    with pytest.raises(ValidationError):
        turn_to_sourcing(direct, lead.person, WIDER)


def test_the_screen_keeps_what_was_typed_and_says_why_not(client, direct, lead):
    client.force_login(lead.person)
    url = reverse("sharing:sourcing", args=[direct.key])
    for closing in ("2026-03-29T02:30", "2027-10-31T02:30", "demain", "2027-02-30T12:00"):
        shown = client.post(url, {"closes_at": closing, "reason": WIDER}).content.decode()
        assert 'id="id_closes_at_error"' in shown
        assert WIDER in shown
    assert client.post(url, {"closes_at": "", "reason": WIDER}).status_code == 302
    assert client.get(url).status_code == 409
