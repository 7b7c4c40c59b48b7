"""Needs and responses taken at random through their lives do what a small model of the specification says.

``BOARD_WALKS`` says how many walks of 50 steps are made: 200 of them are 10,000 steps, other ones each time. Without it
there are a few, always the same.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from metropole.board.enums import NeedMode, NeedState, ThresholdKey
from metropole.board.lifecycle.services import WrongStateError, take
from metropole.board.models import Need, NeedEvent, Threshold
from metropole.board.publishing import amendments
from metropole.board.states import state_expression, state_of
from metropole.moderation.working_days import is_working_day
from metropole.organisations.models import Organisation
from metropole.responses.content import criteria_of
from metropole.responses.enums import ResponseState
from metropole.responses.models import Response
from metropole.responses.opening import asking, deciding, reading
from metropole.responses.states import response_state
from metropole.responses.writing import services as writing
from metropole.responses.writing.holding import TooLateError
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .reference_need import DEPOSITORS, INVALID, OK, PEOPLE, PERMISSION, STATE, STEPS, ReferenceNeed

WALKS = int(os.environ.get("BOARD_WALKS", "15"))
STEPS_A_WALK = 50
START = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
ALL_WALKS = 200
"""From which on every state and every refusal is met."""
COMPANIES = tuple(DEPOSITORS.values())
BEGINNINGS = ("draft", "open", "closed", "studying", "decided")
"""Where a walk begins: left to chance alone, few would come to the end of a need's life."""

ACTS = {
    "step": (3, sorted(STEPS), PEOPLE, (True, True, True, False)),
    "possible_step": (4, range(1000)),
    "extend": (1, PEOPLE, (-3, 0, 4, 12)),
    "ask_opening": (1, PEOPLE),
    "confirm_opening": (1, PEOPLE),
    "declare": (1, PEOPLE),
    "read": (2, PEOPLE, COMPANIES),
    "decide": (2, PEOPLE, COMPANIES, ("retained", "not_retained", "studied")),
    "begin_response": (1, PEOPLE),
    "write": (2, PEOPLE, COMPANIES),
    "deposit": (2, PEOPLE, COMPANIES),
    "take_back": (2, PEOPLE, COMPANIES),
    "wait": (1, (dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=6), dt.timedelta(days=31))),
    "come_to_the_closing": (1, (dt.timedelta(microseconds=1), dt.timedelta(0))),
}
"""What may be tried: how often, and with what."""


class Walk(RuleBasedStateMachine):
    """A need and two companies; each act is asked of the site and of the model, which must answer the same.

    Chance is drawn once for a walk: hypothesis would try the same few acts again and again.
    """

    met: Counter[str] = Counter()

    @initialize(
        seed=st.integers(0, 2**32), mode=st.sampled_from(["sourcing", "direct"]), start=st.sampled_from(BEGINNINGS)
    )
    def begin(self, seed: int, mode: str, start: str) -> None:
        self.chance = Random(seed)
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.traveller = self.clock.start()
        self._make_people()
        self.need = self._make_need(mode)
        self.model = ReferenceNeed(mode, timezone.now(), self.need.closes_at)
        self.number = 0
        for stage in BEGINNINGS[1 : BEGINNINGS.index(start) + 1]:
            getattr(self, f"_reach_{stage}")()

    def _reach_open(self) -> None:
        self.step("submit", "agent", has_reason=False)
        self.step("publish", "moderator", has_reason=False)
        for person, company in DEPOSITORS.items():
            self.begin_response(person)
            self.deposit(person, company)

    def _reach_closed(self) -> None:
        self._move_to(self.need.closes_at)

    def _reach_studying(self) -> None:
        self.ask_opening("agent")
        self.confirm_opening("colleague")
        self.declare("agent")

    def _reach_decided(self) -> None:
        verdicts = ("studied", "studied") if self.model.mode == NeedMode.SOURCING else ("retained", "not_retained")
        for company, verdict in zip(COMPANIES, verdicts, strict=True):
            self.read("agent", company)
            self.decide("agent", company, verdict)

    def _make_people(self) -> None:
        authority = OrganisationFactory(commune=True)
        self.companies = {name: OrganisationFactory() for name in COMPANIES}
        members = {"agent": authority, "colleague": authority, "outsider": OrganisationFactory(commune=True)}
        self.people = {"moderator": UserFactory(group="Moderators")}
        for name, organisation in members.items():
            self.people[name] = MembershipFactory(organisation=organisation, contributes=True).person
        for name, company in DEPOSITORS.items():
            self.people[name] = MembershipFactory(organisation=self.companies[company], deposits=True).person
        self.authority = authority

    def _make_need(self, mode: str) -> Need:
        for key in (ThresholdKey.DISPENSATION_SUPPLIES, ThresholdKey.INNOVATIVE):
            day = dt.date(2026, 4, 1)
            Threshold.objects.get_or_create(
                key=key, valid_from=day, defaults={"amount": 60_000, "article": "R. 2122-8"}
            )
        is_direct = mode == NeedMode.DIRECT
        need = NeedFactory(organisation=self.authority, in_review=True, direct=is_direct, is_example=False)
        need.submitted_at = None
        need.save()
        need.texts.update(essential_criteria="Fonctionne sans internet")
        return need

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            self.clock.stop()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- What is asked -------------------------------------------------------------------------------------------

    @rule()
    def act(self) -> None:
        weights = [weight for weight, *_ in ACTS.values()]
        name = self.chance.choices(list(ACTS), weights)[0]
        arguments = [self.chance.choice(values) for values in ACTS[name][1:]]
        note(f"{name} {arguments}")
        getattr(self, name)(*arguments)

    def step(self, name: str, person: str, has_reason: bool) -> None:
        details = {"route": ThresholdKey.DISPENSATION_SUPPLIES, "amount": 15_000, "repeat_confirmed": True}
        details |= {"synthesis": "Ce que le marché propose.", "url": "https://www.example.org/consultation"}
        reason = "Parce que." if has_reason else " "
        self._same(
            f"step {name}",
            lambda: take(self.need, name, self.people[person], reason=reason, **details),
            self.model.step(name, person, has_reason=has_reason),
        )

    def possible_step(self, number: int) -> None:
        """One that is taken: chance alone would seldom meet it. Not the archiving, after which nothing can be done."""
        if pairs := [pair for pair in self.model.possible_steps() if pair[0] != "archive"]:
            self.step(*pairs[number % len(pairs)], has_reason=True)

    def extend(self, person: str, days: int) -> None:
        closes_at = working_noon(timezone.localdate(self.need.closes_at) + dt.timedelta(days=days)) if days else None
        closes_at = closes_at or self.need.closes_at
        self._same(
            "extend",
            lambda: amendments.extend(self.need, self.people[person], closes_at, "Plus de temps."),
            self.model.extend(person, closes_at),
        )

    def ask_opening(self, person: str) -> None:
        self._same(
            "ask opening",
            lambda: asking.ask(self.need, self.people[person], "Aucun intérêt."),
            self.model.ask_opening(person),
        )

    def confirm_opening(self, person: str) -> None:
        self._same(
            "confirm opening",
            lambda: asking.confirm(self.need, self.people[person], "Aucun intérêt."),
            self.model.confirm_opening(person),
        )

    def declare(self, person: str) -> None:
        self._same(
            "declare",
            lambda: reading.declare(self.need, self.people[person], has_conflict=False),
            self.model.declare(person),
        )

    def read(self, person: str, company: str) -> None:
        self._of_response(
            "read", company, lambda response: reading.opened_by(response, self.people[person]),
            lambda: self.model.read(person, company),
        )  # fmt: skip

    def decide(self, person: str, company: str, verdict: str) -> None:
        self._of_response(
            "decide", company, lambda response: deciding.decide(response, self.people[person], verdict, "Parce que."),
            lambda: self.model.decide(person, company, verdict),
        )  # fmt: skip

    def begin_response(self, person: str) -> None:
        company = DEPOSITORS.get(person)
        organisation = self.companies[company] if company else self.authority
        self._same("begin", lambda: self._begin(organisation, person), self.model.begin(person))

    def _begin(self, organisation: Organisation, person: str) -> None:
        response = writing.begin(self.need, organisation, self.people[person])
        if not response.draft_version:
            self._write(response, person)

    def write(self, person: str, company: str) -> None:
        self._of_response(
            "write", company, lambda response: self._write(response, person), lambda: self.model.write(person, company)
        )

    def _write(self, response: Response, person: str) -> None:
        self.number += 1
        answers = {"summary": f"Version {self.number}.", "approach": "Une démarche.", "calendar": "Trois mois."}
        answers |= dict.fromkeys((one.field for one in criteria_of(self.need)), "Oui : sans serveur.")
        if self.model.mode == "direct":
            answers |= {"price": "12000", "price_basis": "Un an, tout compris."}
        writing.save(response, self.people[person], answers, writing.seen_of(response, answers))

    def deposit(self, person: str, company: str) -> None:
        self._of_response(
            "deposit",
            company,
            lambda response: writing.deposit(response, self.people[person], response.draft_version),
            lambda: self.model.deposit(person, company),
        )

    def take_back(self, person: str, company: str) -> None:
        self._of_response(
            "take back",
            company,
            lambda response: writing.withdraw(response, self.people[person]),
            lambda: self.model.take_back(person, company),
        )

    def wait(self, later: dt.timedelta) -> None:
        self._move_to(timezone.now() + later)

    def come_to_the_closing(self, early: dt.timedelta) -> None:
        if self.model.state == "open":
            self._move_to(max(timezone.now(), self.need.closes_at - early))

    def _move_to(self, instant: dt.datetime) -> None:
        self.traveller.move_to(instant)
        self.model.now = instant

    # --- What is compared ----------------------------------------------------------------------------------------

    def _of_response(self, what: str, company: str, act: Callable[[Response], object], expect: Callable) -> None:
        """Of a response that is not begun nothing can be asked."""
        response = Response.objects.filter(need=self.need, organisation=self.companies[company]).first()
        if response is not None:
            response.need = self.need
            self._same(what, lambda: act(response), expect())

    def _same(self, what: str, act: Callable[[], object], expected: str) -> None:
        got = OK
        try:
            with transaction.atomic():
                act()
        except (WrongStateError, TooLateError):
            got = STATE
        except PermissionDenied:
            got = PERMISSION
        except ValidationError:
            got = INVALID
        self.met[f"{what}: {got}"] += 1
        assert got == expected, (what, got, expected, self.model)
        self.need.refresh_from_db()
        # No two receipts of a response are of one instant.
        self._move_to(timezone.now() + dt.timedelta(milliseconds=1))

    @invariant()
    def the_need_stands_where_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        self.met[self.model.state] += 1
        assert state_of(self.need) == self.model.state
        assert Need.objects.annotate(now=state_expression()).get(pk=self.need.pk).now == self.model.state
        assert self.need.closes_at == self.model.closes_at
        assert NeedEvent.objects.filter(need=self.need).count() == self.model.taken

    @invariant()
    def responses_stand_where_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        found = {response.organisation: response for response in Response.objects.filter(need=self.need)}
        assert len(found) == len(self.model.responses)
        for name, expected in self.model.responses.items():
            response = found[self.companies[name]]
            assert (response.is_deposited, response.version) == (expected.is_deposited, expected.version)
            if response.is_deposited:
                assert response.submitted_at < self.need.closes_at
                assert (response_state(response) == ResponseState.TO_STUDY) == (self.model.state == "studying")


def working_noon(day: dt.date) -> dt.datetime:
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.mark.django_db
def test_needs_and_responses_do_what_the_specification_says_wherever_chance_takes_them():
    Walk.met = Counter()
    options = settings(
        max_examples=WALKS,
        stateful_step_count=STEPS_A_WALK,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=WALKS < ALL_WALKS,
        database=None,
    )
    run_state_machine_as_test(Walk, settings=options)
    asked = {name.partition(":")[0] for name in Walk.met if ":" in name}
    refused = {name for name in asked if any(Walk.met[f"{name}: {why}"] for why in (STATE, PERMISSION, INVALID))}
    assert {"open", "closed"} <= Walk.met.keys()
    if WALKS >= ALL_WALKS:
        assert {state.value for state in NeedState} - Walk.met.keys() == {NeedState.MERGED.value}
        assert asked - refused == {"begin"} - refused
        assert {name for name in asked if not Walk.met[f"{name}: {OK}"]} == set()
