"""Deposit, replacement and withdrawal: until the closing, complete, and with a receipt."""

import datetime as dt
from hashlib import sha256

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.sql import emit_pre_migrate_signal
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from metropole.board.lifecycle.services import take
from metropole.board.models import Need, NeedText
from metropole.responses.enums import ReceiptKind, ResponseState
from metropole.responses.models import Receipt, Response
from metropole.responses.sealing import as_bytes
from metropole.responses.states import response_state
from metropole.responses.triggers import REFUSALS
from metropole.responses.writing import services
from metropole.responses.writing.completeness import IncompleteError
from metropole.responses.writing.holding import ChangedMeanwhileError, TooLateError
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .conftest import ANSWERS, CONNECTED, OFFLINE, SILENT

pytestmark = pytest.mark.django_db
MOMENT = dt.timedelta(microseconds=1)


def changed(draft, person, **answers):
    services.save(draft, person, answers, services.seen_of(draft, answers))
    draft.refresh_from_db()
    return draft


def test_what_is_deposited_has_a_receipt_with_its_sha_256(draft, depositor):
    receipt = services.deposit(draft, depositor, draft.draft_version)
    draft.refresh_from_db()
    assert (receipt.kind, receipt.version, receipt.person) == (ReceiptKind.DEPOSITED, 1, depositor)
    assert receipt.at == draft.submitted_at
    assert receipt.digest == draft.digest == sha256(as_bytes(draft.deposited_content)).hexdigest()
    assert draft.deposited_content["answers"]["summary"] == ANSWERS["summary"]
    assert response_state(draft) == ResponseState.DEPOSITED


def test_the_words_of_the_criteria_are_deposited_with_their_answers(deposited):
    assert [(one["text"], one["kind"]) for one in deposited.deposited_content["criteria"]] == [
        (OFFLINE.text, "essential"),
        (CONNECTED.text, "essential"),
        (SILENT.text, "desirable"),
    ]


def test_it_is_replaced_until_the_closing_and_the_draft_alone_changes_nothing(deposited, depositor):
    first = deposited.digest
    changed(deposited, depositor, summary="Autre chose.")
    assert deposited.deposited_content["answers"]["summary"] == ANSWERS["summary"]
    receipt = services.deposit(deposited, depositor, deposited.draft_version)
    deposited.refresh_from_db()
    assert (receipt.kind, receipt.version) == (ReceiptKind.REPLACED, 2)
    assert deposited.digest not in ("", first)
    assert deposited.deposited_content["answers"]["summary"] == "Autre chose."


def test_what_is_deposited_already_is_not_deposited_again(deposited, depositor):
    again = services.deposit(deposited, depositor, deposited.draft_version)
    assert again == Receipt.objects.get()


def test_it_is_withdrawn_and_deposited_again(deposited, depositor):
    digest = deposited.digest
    receipt = services.withdraw(deposited, depositor)
    deposited.refresh_from_db()
    assert (receipt.kind, receipt.digest) == (ReceiptKind.WITHDRAWN, digest)
    assert deposited.deposited is None
    assert response_state(deposited) == ResponseState.WITHDRAWN
    with pytest.raises(ValidationError):
        services.withdraw(deposited, depositor)
    again = services.deposit(deposited, depositor, deposited.draft_version)
    assert (again.kind, again.version) == (ReceiptKind.DEPOSITED, 2)
    deposited.refresh_from_db()
    assert response_state(deposited) == ResponseState.DEPOSITED


def test_the_last_instant_is_just_before_the_closing(draft, depositor, need):
    with time_machine.travel(need.closes_at, tick=False), pytest.raises(TooLateError):
        services.deposit(draft, depositor, draft.draft_version)
    with time_machine.travel(need.closes_at - MOMENT, tick=False):
        assert services.deposit(draft, depositor, draft.draft_version).at < need.closes_at


def test_nothing_is_written_replaced_or_withdrawn_from_the_closing_on(deposited, depositor, need):
    with time_machine.travel(need.closes_at, tick=False):
        for act in (
            lambda: services.save(deposited, depositor, {"summary": "Trop tard"}, {}),
            lambda: services.deposit(deposited, depositor, deposited.draft_version),
            lambda: services.withdraw(deposited, depositor),
            lambda: services.take_file_away(deposited, depositor, "x"),
            lambda: services.begin(need, OrganisationFactory(), depositor),
        ):
            with pytest.raises(TooLateError):
                act()
    deposited.refresh_from_db()
    assert deposited.draft_content["answers"]["summary"] == ANSWERS["summary"]
    assert Receipt.objects.count() == 1


def test_a_need_that_was_withdrawn_takes_nothing_any_more(draft, depositor, need):
    need.withdrawal_asked_at = timezone.now()
    need.save()
    take(need, "withdraw", UserFactory(group="Moderators"))
    with pytest.raises(TooLateError):
        services.deposit(draft, depositor, draft.draft_version)


def test_every_essential_criterion_is_answered(draft, depositor):
    changed(draft, depositor, **{CONNECTED.field: "  "})
    with pytest.raises(IncompleteError) as refused:
        services.deposit(draft, depositor, draft.draft_version)
    assert [lack.field for lack in refused.value.lacks] == [CONNECTED.field]
    assert not Receipt.objects.exists()


def test_a_draft_that_somebody_has_changed_is_looked_at_again(draft, depositor):
    version = draft.draft_version
    changed(draft, depositor, summary="Autre chose.")
    with pytest.raises(ChangedMeanwhileError):
        services.deposit(draft, depositor, version)


def test_a_criterion_that_an_amendment_has_changed_is_answered_anew(draft, depositor, need):
    NeedText.objects.filter(need=need).update(essential_criteria=f"Fonctionne sans réseau\n{CONNECTED.text}")
    with pytest.raises(IncompleteError):
        services.deposit(draft, depositor, draft.draft_version)
    assert draft.draft_content["words"][OFFLINE.key] == OFFLINE.text
    assert draft.draft_content["answers"][OFFLINE.field] == ANSWERS[OFFLINE.field]


def test_a_price_is_asked_in_a_direct_enquiry_alone(depositor, company, need):
    direct = NeedFactory(direct=True, essential_criteria=OFFLINE.text)
    answers = {name: ANSWERS[name] for name in ("summary", "approach", "calendar", OFFLINE.field)}
    with pytest.raises(IncompleteError) as refused:
        services.deposit_at_once(direct, company, depositor, answers)
    assert [lack.field for lack in refused.value.lacks] == ["price"]
    services.deposit_at_once(direct, company, depositor, answers | {"price": "12 500,50 €"})
    assert Response.objects.get(need=direct).deposited_content["answers"]["price"] == "12500.50"
    services.deposit_at_once(need, company, depositor, ANSWERS | {"price": "12"})
    assert "price" not in Response.objects.get(need=need).deposited_content["answers"]


def test_deposited_at_once_is_asked_the_same(need, company, depositor):
    with pytest.raises(IncompleteError):
        services.deposit_at_once(need, company, depositor, {"summary": "Rien d’autre"})
    assert not Response.objects.exists()
    with time_machine.travel(need.closes_at, tick=False), pytest.raises(TooLateError):
        services.deposit_at_once(need, company, depositor, ANSWERS)
    assert services.deposit_at_once(need, company, depositor, ANSWERS).version == 1


def test_partners_have_a_right_siren(draft, depositor):
    row = '[{"name": "Partenaire", "siren": "%s", "role": "Pose"}]'
    changed(draft, depositor, partners=row % "123456789")
    with pytest.raises(IncompleteError) as refused:
        services.deposit(draft, depositor, draft.draft_version)
    assert "SIREN" in " ".join(refused.value.messages)
    changed(draft, depositor, partners=row % "200 054 781")
    services.deposit(draft, depositor, draft.draft_version)
    draft.refresh_from_db()
    assert draft.deposited_content["answers"]["partners"][0]["siren"] == "200054781"


def test_an_organisation_has_one_response_to_a_need(need, company, depositor):
    first = services.begin(need, company, depositor)
    colleague = MembershipFactory(organisation=company, deposits=True).person
    assert services.begin(need, company, colleague) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(need=need, organisation=company, draft=b"")


def test_colleagues_who_deposit_may_go_on_with_it_and_others_may_not(draft, company):
    colleague = MembershipFactory(organisation=company, deposits=True).person
    assert services.deposit(draft, colleague, draft.draft_version).person == colleague
    for other in (MembershipFactory(organisation=company, contributes=True).person, UserFactory(administrator=True)):
        with pytest.raises(PermissionDenied):
            services.withdraw(draft, other)


def test_who_is_not_verified_any_more_deposits_nothing(draft, depositor, company):
    company.verification = "waiting"
    company.save()
    with pytest.raises(PermissionDenied):
        services.deposit(draft, depositor, draft.draft_version)


class TestTheDatabaseItself:
    def test_refuses_a_deposit_at_the_closing(self, draft, need):
        draft.deposited, draft.version, draft.submitted_at = b"x", 1, need.closes_at
        with pytest.raises(DatabaseError), transaction.atomic():
            draft.save()
        draft.submitted_at = need.closes_at - MOMENT
        draft.save()

    def test_refuses_one_that_is_stored_late(self, need):
        with pytest.raises(DatabaseError), transaction.atomic():
            Response.objects.create(
                need=need,
                organisation=OrganisationFactory(),
                draft=b"",
                deposited=b"x",
                version=1,
                submitted_at=need.closes_at,
            )

    @pytest.mark.parametrize(
        "change",
        [{"digest": "0" * 64}, {"version": 2}, {"submitted_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}],
        ids=["digest", "version", "instant"],
    )
    def test_keeps_what_was_deposited_once_the_need_has_closed(self, deposited, need, change):
        closed_at(need, timezone.now() - dt.timedelta(hours=1), deposited)
        with pytest.raises(DatabaseError), transaction.atomic():
            Response.objects.filter(pk=deposited.pk).update(**change)

    def test_lets_it_be_erased_when_it_is_due(self, deposited, need):
        closed_at(need, timezone.now() - dt.timedelta(hours=1), deposited)
        gone = Response.objects.filter(pk=deposited.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            gone.update(deposited=None, submitted_at=None)
        assert gone.update(deposited=None, draft=b"", purged_at=timezone.now())

    def test_speaks_of_no_other_table_while_that_one_is_built_anew(self, draft, need):
        emit_pre_migrate_signal(0, False, "default")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%board_need %'")
                assert cursor.fetchall() == []
        for refusal in REFUSALS:
            refusal.make("default")
        with pytest.raises(DatabaseError), transaction.atomic():
            Response.objects.filter(pk=draft.pk).update(deposited=b"x", version=1, submitted_at=need.closes_at)


def closed_at(need, instant, deposited):
    """A need that closed a while ago, and a response that was in time."""
    Response.objects.filter(pk=deposited.pk).update(submitted_at=instant - dt.timedelta(hours=1))
    Need.objects.filter(pk=need.pk).update(closes_at=instant)
