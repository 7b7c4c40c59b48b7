"""The life of a page against its table: whatever people do, in whatever order, nothing else happens than it says."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageLogEntry

from metropole.moderation import deletion, services
from metropole.moderation.enums import ContentState, DeletionState, Presence, Review
from metropole.moderation.models import DeletionRequest
from metropole.moderation.states import combined, presence_of, review_of, with_state
from metropole.moderation.transitions import STEP, STEPS
from metropole.organisations.enums import Right
from tests.factories import ArticlePageFactory, MembershipFactory, OrganisationFactory, UserFactory

from .conftest import change, make_moderator

# Who may do what when the page is the commune's and one of its contributors has submitted it: said here once more, in
# the words of design.md, for the policy to be compared with.
AUTHORS = {"contributor", "member_moderator"}
STEPS_OF = {
    "submit": AUTHORS | {"moderator", "other_moderator", "editor", "administrator"},
    "withdraw": AUTHORS,
    "request_changes": {"moderator", "other_moderator", "administrator"},
    "refuse": {"moderator", "other_moderator", "administrator"},
    "approve": {"moderator", "other_moderator", "administrator"},
    "publish": {"moderator", "other_moderator", "administrator"},
    "unpublish": {"moderator", "other_moderator", "administrator"},
    "ask": AUTHORS,
    "remove": {"moderator", "other_moderator", "administrator"},
    "refuse_deletion": {"moderator", "other_moderator", "administrator"},
    "restore": {"moderator", "other_moderator", "administrator"},
}
PEOPLE = ("contributor", "member_moderator", "reader", "editor", "moderator", "other_moderator", "administrator")
REFUSALS = (PermissionDenied, ValidationError)


def people(commune) -> dict:
    found = {
        "contributor": UserFactory(),
        "member_moderator": make_moderator(),
        "reader": UserFactory(),
        "editor": UserFactory(editor=True),
        "moderator": make_moderator(),
        "other_moderator": make_moderator(),
        "administrator": UserFactory(administrator=True),
    }
    for name in AUTHORS:
        MembershipFactory(person=found[name], organisation=commune, **{Right.CONTRIBUTES: True})
    return found


class Life(RuleBasedStateMachine):
    """A model of the page: its review, its presence, and whether its last version is the one online."""

    def __init__(self) -> None:
        super().__init__()
        self.commune = OrganisationFactory(commune=True)
        self.people = people(self.commune)
        self.page = ArticlePageFactory(organisations=[self.commune], is_draft=True)
        self.review, self.presence = Review.NONE, Presence.NEVER
        self.has_changes, self.is_asked = True, False
        self.submitter, self.deletions = None, 0
        self.versions = 0

    def _fresh(self):
        return type(self.page).objects.get(pk=self.page.pk)

    def _try(self, who: str, what: str, is_possible: bool, act) -> bool:
        """Does it and tells whether it was to succeed; checks that it did, or that it left no trace."""
        may = who in STEPS_OF[what] and (what not in ("approve", "refuse", "request_changes") or who != self.submitter)
        logged = PageLogEntry.objects.count()
        if may and is_possible:
            act(self.people[who])
            assert PageLogEntry.objects.count() > logged
            return True
        with pytest.raises(REFUSALS):
            act(self.people[who])
        assert PageLogEntry.objects.count() == logged
        return False

    def _step(self, who: str, action: str, act, *, also: bool = True, what: str = "") -> bool:
        step = STEP[action]
        is_possible = also and step.is_possible(self.review, self.presence)
        if done := self._try(who, what or action, is_possible, act):
            self.review, self.presence = step.outcome(self.review, self.presence)
        return done

    @rule(who=st.sampled_from(PEOPLE))
    def submit(self, who: str) -> None:
        organisation = self.commune if who in AUTHORS else None
        has_news = self.presence != Presence.ONLINE or self.has_changes
        if self._step(who, "submit", lambda by: services.submit(self.page, by, organisation), also=has_news):
            self.submitter = who

    @rule(who=st.sampled_from(PEOPLE))
    def withdraw(self, who: str) -> None:
        own = who == self.submitter
        by_commune = self.submitter in AUTHORS or self._was_commune
        may = own or (who in AUTHORS and by_commune)
        if may and who not in AUTHORS:
            return
        if not may:
            with pytest.raises(REFUSALS):
                services.withdraw(self.page, self.people[who])
            return
        if self._step(who, "withdraw", lambda by: services.withdraw(self.page, by)):
            self.submitter = None

    @property
    def _was_commune(self) -> bool:
        """A submission that is made again by somebody of the Métropole stays the commune's."""
        from metropole.moderation.policy import open_submission

        submission = open_submission(self.page)
        return bool(submission and submission.organisation_id)

    @rule(who=st.sampled_from(PEOPLE), reason=st.sampled_from(["", "  ", "Dites combien."]))
    def request_changes(self, who: str, reason: str) -> None:
        def act(by):
            services.request_changes(self.page, by, [("summary", reason)])

        self._step(who, "request_changes", act, also=bool(reason.strip()))

    @rule(who=st.sampled_from(PEOPLE), reason=st.sampled_from(["", "Non."]))
    def refuse(self, who: str, reason: str) -> None:
        self._step(who, "refuse", lambda by: services.refuse(self.page, by, reason), also=bool(reason))

    @rule(who=st.sampled_from(PEOPLE))
    def approve(self, who: str) -> None:
        if self._step(who, "approve", lambda by: services.approve(self.page, by)):
            self.has_changes = False

    @rule(who=st.sampled_from(PEOPLE))
    def publish(self, who: str) -> None:
        """Through Wagtail's own action, as all its doors do."""
        if self._step(who, "publish", lambda by: self._fresh().get_latest_revision().publish(user=by)):
            self.has_changes = False

    @rule(who=st.sampled_from(PEOPLE))
    def unpublish(self, who: str) -> None:
        def act(by):
            UnpublishPageAction(self._fresh(), user=by).execute()

        self._step(who, "unpublish", act)

    @precondition(lambda self: self.review != Review.WAITING and self.presence != Presence.REMOVED)
    @rule()
    def edit(self) -> None:
        self.versions += 1
        change(self.page, f"Version {self.versions}", by=self.people["contributor"])
        self.has_changes = True

    @rule(who=st.sampled_from(PEOPLE), reason=st.sampled_from(["", "Fermé."]))
    def ask_deletion(self, who: str, reason: str) -> None:
        is_possible = bool(reason) and self.presence == Presence.ONLINE and not self.is_asked
        if self._try(who, "ask", is_possible, lambda by: deletion.ask(self.page, by, self.commune, reason)):
            self.is_asked = True
            self.asker = who

    @precondition(lambda self: DeletionRequest.objects.filter(page=self.page.pk).exists())
    @rule(who=st.sampled_from(PEOPLE))
    def grant_deletion(self, who: str) -> None:
        asked = DeletionRequest.objects.filter(page=self.page.pk).last()
        if self._step(who, "remove", lambda by: deletion.grant(asked, by), also=self.is_asked):
            self.is_asked = False

    @precondition(lambda self: DeletionRequest.objects.filter(page=self.page.pk).exists())
    @rule(who=st.sampled_from(PEOPLE), reason=st.sampled_from(["", "Elle sert."]))
    def refuse_deletion(self, who: str, reason: str) -> None:
        asked = DeletionRequest.objects.filter(page=self.page.pk).last()
        is_possible = self.is_asked and bool(reason)
        before = asked.state
        may = who in STEPS_OF["refuse_deletion"]
        if may and is_possible:
            deletion.refuse(asked, self.people[who], reason)
            self.is_asked = False
            return
        with pytest.raises(REFUSALS):
            deletion.refuse(asked, self.people[who], reason)
        assert DeletionRequest.objects.get(pk=asked.pk).state == before

    @rule(who=st.sampled_from(PEOPLE))
    def restore(self, who: str) -> None:
        self._step(who, "restore", lambda by: deletion.restore(self.page, by))

    @invariant()
    def the_page_is_where_the_table_says(self) -> None:
        assert (review_of(self.page), presence_of(self.page)) == (self.review, self.presence)
        state = combined(self.review, self.presence)
        assert services.state_of(self.page) == state
        assert with_state(Page.objects.filter(pk=self.page.pk)).get().content_state == state

    @invariant()
    def one_request_for_deletion_at_most_is_open(self) -> None:
        asked = DeletionRequest.objects.filter(page=self.page.pk, state=DeletionState.ASKED)
        assert asked.count() == self.is_asked


class TestLife(TestCase, Life.TestCase):
    settings = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.action)
def test_each_step_leads_to_a_state_that_has_a_name(step):
    for review in step.reviews:
        for presence in step.presences:
            assert combined(*step.outcome(review, presence)) in ContentState


def test_every_state_can_be_left_and_reached():
    start = (Review.NONE, Presence.NEVER)
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        led = [step.outcome(*at) for step in STEPS if step.is_possible(*at)]
        assert led
        waiting += [place for place in led if place not in seen]
        seen.update(led)
    assert {combined(*place) for place in seen} == set(ContentState)
