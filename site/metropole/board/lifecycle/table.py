"""The life of a need, as a table: the code, the tests and the public page of the rules all read it."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import NeedState

DRAFT, TO_CORRECT, IN_REVIEW, OPEN, CLOSED, STUDYING, ADOPTED, SYNTHESIS, NONE, ABANDONED, CONSULTATION, *_ended = (
    NeedState
)
WITHDRAWN, MERGED, ARCHIVED = _ended
ENDED = (ADOPTED, SYNTHESIS, NONE, ABANDONED, CONSULTATION)


class Who(models.TextChoices):
    """Who does it. Each is a rule of the policy (see ``policy``)."""

    AGENT = "agent", _("an agent who contributes for the authority")
    LEAD = "lead", _("an agent of the lead authority")
    MODERATOR = "moderator", _("a moderator of the Métropole who has no part in the need")
    CARRIER = "carrier", _("an agent who engages an authority that joins or leaves, or the lead that lets it join")
    SECOND_AGENT = "second_agent", _("a second agent of an authority that carries it, or else a moderator")
    CLOCK = "clock", _("the clock")


class Told(models.TextChoices):
    """Who is told. Each app that knows some of them adds them (see ``audience``)."""

    AUTHORS = "authors", _("the agents of the lead authority")
    CARRIERS = "carriers", _("the agents of the authorities that carry it with the lead")
    MODERATORS = "moderators", _("the moderators, by their queue")
    FOLLOWERS = "followers", _("those who follow the need, have asked a question or prepare a response")
    RESPONDENTS = "respondents", _("those who have responded")
    MATCHED = "matched", _("the companies that follow its themes and territories")


@dataclass(frozen=True)
class Step:
    """``target``: the state it leads to; None: the one that the clock then gives. ``guards``: by name, in their order.

    ``is_public``: whether the public history of the need tells it.
    """

    number: str
    name: str
    sources: tuple[NeedState, ...]
    target: NeedState | None
    who: Who
    label: str | Promise
    guards: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    needs_reason: bool = False
    is_public: bool = False

    @property
    def may(self) -> str:
        """What the policy is asked."""
        return f"need.{self.name}"


_EVERYBODY = (Told.AUTHORS, Told.CARRIERS, Told.FOLLOWERS, Told.RESPONDENTS)
_OUTCOME = ("veto_was_read", "has_no_other_outcome")

# fmt: off
STEPS: tuple[Step, ...] = (
    Step("N1", "begin", (), DRAFT, Who.AGENT, _("a need is begun")),
    Step("N2", "submit", (DRAFT, TO_CORRECT), IN_REVIEW, Who.LEAD, _("the need is submitted"),
         ("is_complete", "alternatives_were_shown", "mode_fits_value", "is_no_split", "early_contacts_are_said"),
         (Told.MODERATORS, Told.CARRIERS)),
    Step("N3", "give_back", (IN_REVIEW,), TO_CORRECT, Who.MODERATOR, _("corrections are asked for"),
         told=(Told.AUTHORS,), needs_reason=True),
    Step("N4", "publish", (IN_REVIEW,), OPEN, Who.MODERATOR, _("the need is published"),
         ("is_complete", "lasts_long_enough", "closing_is_reachable", "questions_end_in_time", "no_brand_is_named",
          "mode_fits_value", "is_no_split"),
         (Told.AUTHORS, Told.CARRIERS, Told.MATCHED), is_public=True),
    Step("N5", "amend", (OPEN,), OPEN, Who.LEAD, _("the need is amended"),
         ("never_shortens", "material_change_leaves_time", "closing_is_reachable", "mode_fits_value", "is_no_split"),
         (Told.AUTHORS, Told.CARRIERS, Told.FOLLOWERS, Told.RESPONDENTS), needs_reason=True, is_public=True),
    Step("N5a", "propose_amendment", (OPEN,), OPEN, Who.LEAD, _("a material change is proposed"),
         ("never_shortens", "material_change_leaves_time", "closing_is_reachable", "mode_fits_value", "is_no_split"),
         (Told.MODERATORS,), needs_reason=True),
    Step("N5b", "amend_materially", (OPEN,), OPEN, Who.MODERATOR, _("a material change is published"),
         ("never_shortens", "material_change_leaves_time", "closing_is_reachable", "mode_fits_value", "is_no_split"),
         _EVERYBODY, needs_reason=True, is_public=True),
    Step("N5c", "refuse_amendment", (OPEN,), OPEN, Who.MODERATOR, _("a material change is refused"),
         told=(Told.AUTHORS,), needs_reason=True),
    Step("N5d", "add_carrier", (OPEN,), OPEN, Who.CARRIER, _("an authority joins the need"),
         ("mode_fits_value", "is_no_split"), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N5e", "remove_carrier", (OPEN,), OPEN, Who.CARRIER, _("an authority leaves the need"),
         told=_EVERYBODY, needs_reason=True, is_public=True),
    Step("N5f", "turn_to_sourcing", (OPEN,), OPEN, Who.LEAD, _("the direct enquiry becomes a sourcing"),
         ("was_direct_enquiry", "never_shortens", "material_change_leaves_time", "leaves_time_of_a_sourcing",
          "closing_is_reachable"), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N6", "extend", (OPEN,), OPEN, Who.LEAD, _("the closing is put off"),
         ("never_shortens", "closing_is_reachable"), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N7a", "ask_withdrawal", (OPEN,), OPEN, Who.LEAD, _("the authority asks to withdraw the need"),
         told=(Told.MODERATORS,), needs_reason=True),
    Step("N7", "withdraw", (OPEN,), WITHDRAWN, Who.MODERATOR, _("the need is withdrawn"),
         ("withdrawal_was_asked",), _EVERYBODY, is_public=True),
    Step("N7b", "refuse_withdrawal", (OPEN,), OPEN, Who.MODERATOR, _("the need is not withdrawn"),
         ("withdrawal_was_asked",), (Told.AUTHORS,), needs_reason=True),
    Step("N8", "close", (OPEN,), CLOSED, Who.CLOCK, _("the need closes"), told=(Told.AUTHORS, Told.CARRIERS)),
    Step("N9", "open_responses", (CLOSED,), STUDYING, Who.SECOND_AGENT, _("the responses are opened"),
         ("has_no_referral", "opening_was_asked"), (Told.AUTHORS, Told.CARRIERS, Told.RESPONDENTS), is_public=True),
    Step("N10", "adopt", (STUDYING,), ADOPTED, Who.LEAD, _("a solution is adopted"),
         ("is_direct_enquiry", "mode_fits_value", *_OUTCOME), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N10b", "publish_synthesis", (STUDYING,), SYNTHESIS, Who.LEAD, _("the synthesis is published"),
         ("is_sourcing", *_OUTCOME), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N11", "find_none_suitable", (STUDYING,), NONE, Who.LEAD, _("no response is suitable"),
         _OUTCOME, _EVERYBODY, needs_reason=True, is_public=True),
    Step("N12", "abandon", (CLOSED, STUDYING), ABANDONED, Who.LEAD, _("the need is abandoned"),
         _OUTCOME, _EVERYBODY, needs_reason=True, is_public=True),
    Step("N13", "launch_consultation", (CLOSED, STUDYING), CONSULTATION, Who.LEAD,
         _("an official consultation is launched"), ("consultation_is_linked", *_OUTCOME), _EVERYBODY,
         needs_reason=True, is_public=True),
    Step("N14", "clear_outcome", ENDED, None, Who.MODERATOR, _("the outcome is taken back"),
         ("outcome_is_recent",), _EVERYBODY, needs_reason=True, is_public=True),
    Step("N15", "archive", (*ENDED, WITHDRAWN), ARCHIVED, Who.MODERATOR, _("the need is archived"), is_public=True),
    Step("N17", "delete", (DRAFT, TO_CORRECT), None, Who.LEAD, _("the draft is deleted"), ("was_never_submitted",)),
    Step("N18", "merge", (OPEN,), MERGED, Who.MODERATOR, _("the need is merged into another"),
         ("merges_with_its_like",), (Told.AUTHORS, Told.CARRIERS, Told.FOLLOWERS), needs_reason=True, is_public=True),
    Step("N18b", "unmerge", (MERGED,), None, Who.MODERATOR, _("the merging is undone"),
         told=(Told.AUTHORS, Told.CARRIERS, Told.FOLLOWERS), needs_reason=True, is_public=True),
)
# fmt: on

STEP_BY_NAME = {step.name: step for step in STEPS}
OUTCOME_STEPS = tuple(step for step in STEPS if step.target in ENDED)


@dataclass(frozen=True)
class Forbidden:
    """What no step does, whoever asks: told on the page of the rules."""

    text: str | Promise


FORBIDDEN = (
    Forbidden(_("Nobody publishes a need in which they have a part.")),
    Forbidden(_("No amendment brings the closing nearer.")),
    Forbidden(_("A need that has closed is never open again, nor edited.")),
    Forbidden(_("What was published is never deleted.")),
)
