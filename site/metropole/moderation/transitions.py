"""The life of a page as a table: what may happen to it, from where, who may, and what is owed for it.

A page's state has two parts, which the actions move apart from each other: its review (by moderators) and its presence
(online or not): a published page stays online while its new version is reviewed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from metropole.core.audit import record, register_action, register_words
from metropole.core.lifecycle import Lifecycle, Transition, TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from .enums import ContentState, DeletionState, Presence, ReportState, Review
from .states import combined, presence_of, review_of

ANY_REVIEW = frozenset(Review)
OPEN = frozenset({Review.WAITING, Review.CHANGES})
STANDING = frozenset({Presence.NEVER, Presence.ONLINE, Presence.TAKEN_DOWN})
"""All but removed."""


@dataclass(frozen=True)
class Step:
    """What an action needs and leads to. ``to_review`` and ``to_presence``: None where they stay as they are.

    ``may``: the action that the policy is asked.
    """

    action: str
    label: str | Promise
    may: str
    reviews: frozenset[Review]
    presences: frozenset[Presence]
    to_review: Review | None = None
    to_presence: Presence | None = None
    needs_reason: bool = False

    def is_possible(self, review: Review, presence: Presence) -> bool:
        return review in self.reviews and presence in self.presences

    def outcome(self, review: Review, presence: Presence) -> tuple[Review, Presence]:
        return self.to_review or review, self.to_presence or presence


# fmt: off
STEPS = (
    Step("submit", gettext_lazy("a content is submitted"), "content.submit",
         frozenset({Review.NONE, Review.CHANGES}), STANDING, to_review=Review.WAITING),
    Step("withdraw", gettext_lazy("a submission is taken back"), "content.withdraw",
         OPEN, STANDING, to_review=Review.NONE),
    Step("request_changes", gettext_lazy("changes are requested"), "content.moderate",
         frozenset({Review.WAITING}), STANDING, to_review=Review.CHANGES, needs_reason=True),
    Step("refuse", gettext_lazy("a submission is refused"), "content.moderate",
         frozenset({Review.WAITING}), STANDING, to_review=Review.NONE, needs_reason=True),
    Step("approve", gettext_lazy("a submission is approved"), "content.moderate",
         frozenset({Review.WAITING}), STANDING, to_review=Review.NONE, to_presence=Presence.ONLINE),
    Step("publish", gettext_lazy("a content is published without a submission"), "content.publish",
         frozenset({Review.NONE}), STANDING, to_presence=Presence.ONLINE),
    Step("unpublish", gettext_lazy("a content is taken offline"), "content.unpublish",
         ANY_REVIEW, frozenset({Presence.ONLINE}), to_presence=Presence.TAKEN_DOWN),
    Step("remove", gettext_lazy("a content is removed"), "content.decide_deletion",
         ANY_REVIEW, frozenset({Presence.ONLINE}), to_review=Review.NONE, to_presence=Presence.REMOVED,
         needs_reason=True),
    Step("restore", gettext_lazy("a removed content is put back"), "content.restore",
         frozenset({Review.NONE}), frozenset({Presence.REMOVED}), to_presence=Presence.ONLINE),
)
# fmt: on
STEP = {step.action: step for step in STEPS}
"""The table by action. The admin publishes and takes offline through Wagtail's own screens, which ask the policy."""

for _step in STEPS:
    register_action(f"moderation.content.{_step.action}", _step.label)


def require(step: Step, page: Page, person: AbstractUser, reason: str = "") -> ContentState:
    """The state before a step that a person may take now. Raises TransitionRefusedError, PermissionDenied."""
    review, presence = review_of(page), presence_of(page)
    if not step.is_possible(review, presence):
        raise TransitionRefusedError(_("This is not possible any more: meanwhile somebody has changed it."))
    policy.require(person, step.may, page)
    if step.needs_reason and not reason.strip():
        raise TransitionRefusedError({"reason": _("Say why: the person concerned is told.")})
    return combined(review, presence)


def write_down(
    step: Step,
    page: Page,
    person: AbstractUser | None,
    before: ContentState,
    *,
    organisation: Organisation | None = None,
    reason: str = "",
) -> None:
    """Writes a step that was taken in the log."""
    record(
        page,
        f"moderation.content.{step.action}",
        person,
        organisation=organisation,
        before={"state": before},
        after={"state": combined(review_of(page), presence_of(page))},
        reason=reason,
    )


def possible(page: Page, person: AbstractUser) -> Iterable[Step]:
    """What a person may do to a page in its present state."""
    review, presence = review_of(page), presence_of(page)
    return [step for step in STEPS if step.is_possible(review, presence) and policy.may(person, step.may, page)]


# fmt: off
DELETION = Lifecycle("moderation.deletionrequest", (
    Transition("grant", ("asked",), DeletionState.GRANTED, "deletion.decide",
               gettext_lazy("a deletion is granted")),
    Transition("refuse", ("asked",), DeletionState.REFUSED, "deletion.decide",
               gettext_lazy("a deletion is refused"), needs_reason=True),
    Transition("withdraw", ("asked",), DeletionState.WITHDRAWN, "deletion.withdraw",
               gettext_lazy("a request for deletion is taken back")),
))
REPORT = Lifecycle("moderation.errorreport", (
    Transition("assign", ("received", "assigned"), ReportState.ASSIGNED, "report.handle",
               gettext_lazy("somebody looks into an error report")),
    Transition("close", ("received", "assigned"), ReportState.CLOSED, "report.handle",
               gettext_lazy("an error report is answered"), needs_reason=True),
))
# fmt: on
for _action, _label in (
    ("moderation.errorreport.receive", gettext_lazy("an error is reported")),
    ("moderation.deletionrequest.ask", gettext_lazy("a deletion is asked for")),
    ("moderation.content.confirm", gettext_lazy("a content is confirmed to be accurate")),
    ("moderation.changerequest.settle", gettext_lazy("a requested change is made")),
):
    register_action(_action, _label)
register_words("state", gettext_lazy("state"), ContentState.choices)
