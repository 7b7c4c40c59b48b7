"""In which state a page is. Wagtail's workflow and the page itself know it: it is stored nowhere else.

The two ways to ask, for one page and for a query, give the same answer (tests/moderation/test_states.py).
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, Expression, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

from .enums import ContentState, Presence, Review
from .models import Tombstone

_REVIEWS = {WorkflowState.STATUS_IN_PROGRESS: Review.WAITING, WorkflowState.STATUS_NEEDS_CHANGES: Review.CHANGES}


def review_of(page: Page) -> Review:
    states = WorkflowState.objects.active().for_instance(page).values_list("status", flat=True)
    return _REVIEWS.get(states.first(), Review.NONE)


def presence_of(page: Page) -> Presence:
    live, first_published_at = Page.objects.values_list("live", "first_published_at").get(pk=page.pk)
    if live:
        return Presence.ONLINE
    if Tombstone.objects.standing().filter(page=page.pk).exists():
        return Presence.REMOVED
    return Presence.TAKEN_DOWN if first_published_at else Presence.NEVER


def state_of(page: Page) -> ContentState:
    """The state of a page as the database knows it now."""
    return combined(review_of(page), presence_of(page))


def combined(review: Review, presence: Presence) -> ContentState:
    if presence == Presence.REMOVED:
        return ContentState.REMOVED
    if review == Review.CHANGES:
        return ContentState.CHANGES_REQUESTED
    if review == Review.WAITING:
        return ContentState.PUBLISHED_UNDER_REVISION if presence == Presence.ONLINE else ContentState.SUBMITTED
    return _ALONE[presence]


_ALONE = {
    Presence.NEVER: ContentState.DRAFT,
    Presence.ONLINE: ContentState.PUBLISHED,
    Presence.TAKEN_DOWN: ContentState.UNPUBLISHED,
}


def with_state(pages: QuerySet) -> QuerySet:
    """Annotates pages with their state, as ``content_state``."""
    removed = Exists(Tombstone.objects.standing().filter(page=OuterRef("pk")))
    return pages.annotate(
        content_state=Case(
            When(Q(live=False) & removed, then=Value(ContentState.REMOVED)),
            When(in_review(WorkflowState.STATUS_NEEDS_CHANGES), then=Value(ContentState.CHANGES_REQUESTED)),
            When(
                Q(live=True) & in_review(WorkflowState.STATUS_IN_PROGRESS),
                then=Value(ContentState.PUBLISHED_UNDER_REVISION),
            ),
            When(in_review(WorkflowState.STATUS_IN_PROGRESS), then=Value(ContentState.SUBMITTED)),
            When(live=True, then=Value(ContentState.PUBLISHED)),
            When(first_published_at__isnull=False, then=Value(ContentState.UNPUBLISHED)),
            default=Value(ContentState.DRAFT),
            output_field=CharField(),
        )
    )


def in_review(*statuses: str) -> Expression:
    """Whether a page of a query has a workflow with one of the statuses."""
    return Exists(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            status__in=statuses,
        )
    )
