"""Two authorities that join a direct enquiry at once, on a database of their own:
``python -m tests.board.sharing.at_once``."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "metropole.settings.test"
django.setup()

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import setup_test_environment

from metropole.board.enums import CoCarrierState
from metropole.board.models import CoCarrier, Need
from metropole.board.sharing import carriers
from metropole.board.thresholds import total_value
from tests.factories import MembershipFactory, NeedFactory, ThemeFactory, ThresholdFactory

ROUNDS = 3
"""In one alone, the first might be done before the second begins."""
EACH = carriers.Band(10_000, 25_000)
"""With the lead's 20 000, one of them stays below 60 000; both would cross it."""


def main() -> None:
    """Prints, for each need, how many joined, what they would spend together and how many amendments there are."""
    setup_test_environment()
    ThresholdFactory()
    start = Barrier(2)

    def accept(co_carrier: CoCarrier, agent: MembershipFactory) -> None:
        start.wait()
        try:
            carriers.accept(co_carrier, agent.person, EACH, "Nous aussi.")
        except ValidationError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for _round in range(ROUNDS):
            need = NeedFactory(direct=True, themes=[ThemeFactory()])
            agents = [MembershipFactory(contributes=True, engages=True) for _agent in range(2)]
            invited = [
                CoCarrier.objects.create(need=need, organisation=one.organisation, state=CoCarrierState.INVITED)
                for one in agents
            ]
            list(pool.map(accept, invited, agents))
            print(json.dumps(found(need)))


def found(need: Need) -> dict[str, int | None]:
    accepted = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).count()
    return {"joined": accepted, "value": total_value(need), "amendments": need.amendments.count()}


if __name__ == "__main__":
    main()
