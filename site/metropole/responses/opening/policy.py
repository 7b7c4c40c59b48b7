"""Who opens, reads, asks and exports."""

from metropole.board.enums import NeedMode, NeedState
from metropole.board.models import Need
from metropole.board.policy import carries, leads
from metropole.core.policy import Person, policy

from ..models import ExchangeAnswer, FollowUp, Opening, Response
from ..policy import is_reader, is_studied, may_read


@policy.rule("opening.ask")
def may_ask(person: Person, need: Need) -> bool:
    """Ask for the opening, or take that back: an agent of who carries a need that has closed."""
    is_ready = need.state == NeedState.CLOSED and need.mode != NeedMode.REFERRAL
    return is_ready and carries(person, need)


@policy.rule("opening.minutes")
def may_see_minutes(person: Person, need: Need) -> bool:
    """Once it is opened: who carries the need, and who opened it in the place of a second agent."""
    if need.opened_at is None:
        return False
    return carries(person, need) or Opening.objects.filter(need=need, confirmed_by=person).exists()


@policy.rule("panel.declare")
def may_declare(person: Person, need: Need) -> bool:
    """Say which interests one has, before reading anything."""
    return need.opened_at is not None and carries(person, need)


@policy.rule("panel.read")
def is_of_the_panel(person: Person, need: Need) -> bool:
    """See the list of responses, the exchanges and the exports."""
    return is_reader(person, need)


@policy.rule("panel.lead")
def may_lead_panel(person: Person, need: Need) -> bool:
    """Put questions to respondents, write the common opinion."""
    return is_reader(person, need) and leads(person, need) and is_studied(need)


@policy.rule("response.note")
def may_note(person: Person, response: Response) -> bool:
    """Write one's own notes: until the common opinion is begun."""
    return may_read(person, response) and is_studied(response.need) and not hasattr(response, "opinion")


@policy.rule("response.opine")
def may_opine(person: Person, response: Response) -> bool:
    return may_read(person, response) and may_lead_panel(person, response.need)


@policy.rule("exchange.answer")
def may_answer(person: Person, answer: ExchangeAnswer) -> bool:
    """For the organisation that was invited; that there is still time, the service says."""
    return policy.may(person, "organisation.deposit", answer.response.organisation)


@policy.rule("exchange.see_own")
def may_see_own_exchange(person: Person, answer: ExchangeAnswer) -> bool:
    return policy.may(person, "response.see_own", answer.response)


@policy.rule("followup.begin")
def may_follow_up(person: Person, follow_up: FollowUp) -> bool:
    """Tell what was learnt of an adoption."""
    return leads(person, follow_up.need)
