"""What an organisation is told of the sheet that it asked for."""

from django.utils.translation import gettext_lazy as _

from metropole.moderation.notifications import TOPIC, contributors
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify

from .models import Takeover

_OF_YOURS = _("You contribute for the organisation that asked for it.")

# fmt: off
KINDS = (
    Kind("takeover.accepted", TOPIC, _("The sheet of “%(title)s” is yours"),
         _("The editors have given the sheet of “%(title)s” to %(organisation)s. Complete it: what you say there is "
           "said in your name."), _OF_YOURS),
    Kind("takeover.refused", TOPIC, _("The sheet of “%(title)s” stays with the editors"),
         _("The editors do not give the sheet of “%(title)s” to %(organisation)s:\n%(reason)s"), _OF_YOURS),
)
# fmt: on


def register() -> None:
    register_kinds(*KINDS)


def accepted(takeover: Takeover) -> None:
    _tell("takeover.accepted", takeover, "contributions:of_page")


def refused(takeover: Takeover) -> None:
    _tell("takeover.refused", takeover, "takeover:ask", reason=takeover.answer)


def _tell(kind: str, takeover: Takeover, route: str, **words: str) -> None:
    words |= {"title": takeover.solution.title, "organisation": takeover.organisation.name}
    people = contributors([takeover.organisation])
    notify(people, kind, f"{kind}:{takeover.pk}", (route, takeover.solution_id), **words)
