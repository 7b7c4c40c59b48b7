"""Who may read and write responses. Before its need is opened, a response is its organisation's alone."""

from metropole.board.enums import NeedMode, NeedState
from metropole.board.models import Need
from metropole.board.policy import carries, carrying, leads
from metropole.core.policy import Person, policy
from metropole.organisations.models import Organisation
from metropole.organisations.policy import is_member

from .models import Declaration, Response
from .states import is_void


def refusal_of(need: Need, organisation: Organisation) -> str:
    """Why an organisation cannot answer a need, as the name of a reason (see ``wording``); "" where it can."""
    if need.mode == NeedMode.REFERRAL:
        return "referral"
    if organisation.is_authority:
        return "authority"
    if not organisation.is_verified:
        return "not_verified"
    if Organisation.objects.filter(carrying(need), pk=organisation.pk).exists():
        return "own_need"
    return ""


@policy.rule("response.begin")
def may_begin(person: Person, response: Response) -> bool:
    """Prepare a response for one's organisation; of one that need not be stored yet."""
    return may_write(person, response)


@policy.rule("response.write")
def may_write(person: Person, response: Response) -> bool:
    """Change the draft. That the need is open, the services say, with the row locked."""
    organisation = response.organisation
    return policy.may(person, "organisation.deposit", organisation) and not refusal_of(response.need, organisation)


@policy.rule("response.deposit")
def may_deposit(person: Person, response: Response) -> bool:
    """Hand it in, replace or withdraw it."""
    return may_write(person, response)


@policy.rule("response.see_own")
def may_see_own(person: Person, response: Response) -> bool:
    """Read what one's own organisation writes and has deposited, its receipts and its decision."""
    return is_member(person, response.organisation)


@policy.rule("response.read")
def may_read(person: Person, response: Response) -> bool:
    """Read what was deposited, as the panel: for the agents of who carries the need, once it is opened.

    Nobody reads what is void, withdrawn or erased, what concerns an organisation of theirs, or anything of a need in
    which they have not said to have no conflict of interest.
    """
    if not response.is_deposited or response.purged_at or is_void(response):
        return False
    return is_reader(person, response.need) and not is_member(person, response.organisation)


def is_reader(person: Person, need: Need) -> bool:
    """Whether a person is of the panel: carries the need, once it is opened, and has declared no conflict."""
    if need.opened_at is None or not carries(person, need):
        return False
    return Declaration.objects.filter(need=need, person=person, has_conflict=False).exists()


@policy.rule("response.decide")
def may_decide(person: Person, response: Response) -> bool:
    """Record a decision on it."""
    return may_read(person, response) and leads(person, response.need) and is_studied(response.need)


def is_studied(need: Need) -> bool:
    return need.state == NeedState.STUDYING
