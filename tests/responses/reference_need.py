"""What a need and its responses should do, said again in a few lines from the specification: rows N2 to N15, R1 to R9.

Nothing here reads the lifecycle's table, the policy or the database.
"""

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass, field

LEAD, MODERATOR = {"agent", "colleague"}, {"moderator"}
DEPOSITORS = {"depositor": "first", "rival": "second"}
"""Who deposits, and for which of the two companies."""
PEOPLE = (*sorted(LEAD), "moderator", "outsider", *DEPOSITORS)

OK, STATE, PERMISSION, INVALID = "ok", "wrong state", "not permitted", "invalid"
ENDED = {"adopted", "synthesis", "none_suitable", "abandoned", "consultation"}
STEPS = {
    "submit": ({"draft", "to_correct"}, LEAD, False),
    "give_back": ({"in_review"}, MODERATOR, True),
    "publish": ({"in_review"}, MODERATOR, False),
    "ask_withdrawal": ({"open"}, LEAD, True),
    "withdraw": ({"open"}, MODERATOR, False),
    "abandon": ({"closed", "studying"}, LEAD, True),
    "launch_consultation": ({"closed", "studying"}, LEAD, True),
    "adopt": ({"studying"}, LEAD, True),
    "publish_synthesis": ({"studying"}, LEAD, True),
    "find_none_suitable": ({"studying"}, LEAD, True),
    "clear_outcome": (ENDED, MODERATOR, True),
    "archive": (ENDED | {"withdrawn"}, MODERATOR, False),
}
"""From which states, by whom, and whether a reason is owed."""
OUTCOMES = {
    "adopt": "adopted",
    "publish_synthesis": "synthesis",
    "find_none_suitable": "none_suitable",
    "abandon": "abandoned",
    "launch_consultation": "consultation",
}
SHORTEST = {"sourcing": dt.timedelta(days=15), "direct": dt.timedelta(days=10)}
VERDICTS = {"sourcing": {"studied"}, "direct": {"retained", "not_retained"}}


@dataclass
class ReferenceResponse:
    version: int = 0
    is_deposited: bool = False
    is_changed: bool = True
    """Since it was deposited last."""
    is_read: bool = False
    verdict: str = ""


@dataclass
class ReferenceNeed:
    mode: str
    now: dt.datetime
    closes_at: dt.datetime
    _state: str = "draft"
    withdrawal_asked: bool = False
    opening_asked_by: str = ""
    is_opened: bool = False
    outcome_at: dt.datetime | None = None
    was_cleared: bool = False
    readers: set[str] = field(default_factory=set)
    responses: dict[str, ReferenceResponse] = field(default_factory=dict)
    taken: int = 0
    """How many steps were taken: as many are noted."""

    @property
    def state(self) -> str:
        return "closed" if self._state == "open" and self.now >= self.closes_at else self._state

    @property
    def standing(self) -> list[ReferenceResponse]:
        return [response for response in self.responses.values() if response.is_deposited]

    def possible_steps(self) -> list[tuple[str, str]]:
        """The steps that would be taken now, with who may: chance alone seldom meets them."""
        pairs = [(name, person) for name in STEPS for person in PEOPLE]
        return [pair for pair in pairs if deepcopy(self).step(*pair, has_reason=True) == OK]

    # --- What is answered -------------------------------------------------------------------------------------------

    def step(self, name: str, person: str, *, has_reason: bool) -> str:
        sources, who, owes_reason = STEPS[name]
        if self.state not in sources:
            return STATE
        if person not in who:
            return PERMISSION
        if owes_reason and not has_reason:
            return INVALID
        if not self._allows(name):
            return INVALID
        self._take(name)
        return OK

    def extend(self, person: str, closes_at: dt.datetime) -> str:
        if self.state != "open":
            return STATE
        if person not in LEAD:
            return PERMISSION
        if closes_at <= self.closes_at:
            return INVALID
        self.closes_at = closes_at
        self.taken += 1
        return OK

    def ask_opening(self, person: str) -> str:
        if self.state != "closed" or person not in LEAD:
            return PERMISSION
        if self.opening_asked_by:
            return INVALID
        self.opening_asked_by = person
        return OK

    def confirm_opening(self, person: str) -> str:
        if self.state != "closed":
            return STATE
        if person not in LEAD | MODERATOR:
            return PERMISSION
        # The authority has a second agent: a moderator does not stand in.
        if not self.opening_asked_by or person == self.opening_asked_by or person in MODERATOR:
            return INVALID
        self._state, self.is_opened = "studying", True
        self.taken += 1
        return OK

    def declare(self, person: str) -> str:
        if not self.is_opened or person not in LEAD:
            return PERMISSION
        self.readers.add(person)
        return OK

    def read(self, person: str, company: str) -> str:
        response = self.responses.get(company)
        if person not in self.readers or response is None or not response.is_deposited:
            return PERMISSION
        response.is_read = True
        return OK

    def decide(self, person: str, company: str, verdict: str) -> str:
        response = self.responses.get(company)
        may = person in self.readers and self.state == "studying"
        if not may or response is None or not response.is_deposited:
            return PERMISSION
        others = [other for other in self.responses.values() if other is not response]
        is_second = verdict == "retained" and any(other.verdict == "retained" for other in others)
        if verdict not in VERDICTS[self.mode] or not response.is_read or is_second:
            return INVALID
        response.verdict = verdict
        return OK

    def begin(self, person: str) -> str:
        if self.state != "open":
            return STATE
        if person not in DEPOSITORS:
            return INVALID
        self.responses.setdefault(DEPOSITORS[person], ReferenceResponse())
        return OK

    def write(self, person: str, company: str) -> str:
        refused = self._refused(person, company)
        if refused == OK:
            self.responses[company].is_changed = True
        return refused

    def deposit(self, person: str, company: str) -> str:
        refused = self._refused(person, company)
        if refused == OK:
            response = self.responses[company]
            response.version += response.is_changed or not response.is_deposited
            response.is_deposited, response.is_changed = True, False
        return refused

    def take_back(self, person: str, company: str) -> str:
        refused = self._refused(person, company)
        if refused == OK and not self.responses[company].is_deposited:
            return INVALID
        if refused == OK:
            self.responses[company].is_deposited = False
        return refused

    # --- How ---------------------------------------------------------------------------------------------------------

    def _refused(self, person: str, company: str) -> str:
        if self.state != "open":
            return STATE
        return OK if DEPOSITORS.get(person) == company else PERMISSION

    def _allows(self, name: str) -> bool:
        if name == "publish":
            return self.closes_at - self.now >= SHORTEST[self.mode]
        if name == "ask_withdrawal":
            return not self.withdrawal_asked
        if name == "withdraw":
            return self.withdrawal_asked
        if name == "clear_outcome":
            return not self.was_cleared and self.now - self.outcome_at <= dt.timedelta(days=30)
        return self._allows_outcome(name) if name in OUTCOMES else True

    def _allows_outcome(self, name: str) -> bool:
        retained = [response for response in self.standing if response.verdict == "retained"]
        if name == "adopt":
            return self.mode == "direct" and self._all_decided() and len(retained) == 1
        if retained:
            return False
        if name == "publish_synthesis":
            return self.mode == "sourcing" and self._all_decided()
        return self._all_decided() if name == "find_none_suitable" else True

    def _all_decided(self) -> bool:
        return all(response.is_read and response.verdict for response in self.standing)

    def _take(self, name: str) -> None:
        self.taken += 1
        if name == "ask_withdrawal":
            self.withdrawal_asked = True
        elif name in OUTCOMES:
            self._state, self.outcome_at = OUTCOMES[name], self.now
        elif name == "clear_outcome":
            # Never opened, it is closed again: the clock says so.
            self._state, self.was_cleared = "studying" if self.is_opened else "open", True
            self.outcome_at = None
        else:
            after = {
                "submit": "in_review",
                "give_back": "to_correct",
                "publish": "open",
                "withdraw": "withdrawn",
                "archive": "archived",
            }
            self._state = after[name]
