"""What the log says of a page, whoever writes the entry: whose it is, and its state before and after."""

from typing import Any

from wagtail.models import Page, WorkflowState

from metropole.core.tracking import Tracked, about_to_change, track
from metropole.organisations.models import Organisation

from .enums import ContentState
from .policy import open_submission, owners
from .states import state_of


def track_pages() -> None:
    track(Tracked(Page, _state, _organisations))


def review_about_to_change(instance: WorkflowState, raw: bool = False, **kwargs: Any) -> None:
    """Signal receiver: the state of a page depends on its workflow."""
    if isinstance(instance.content_object, Page):
        about_to_change(instance.content_object, raw)


def _state(page: Page) -> dict[str, str]:
    if page.live and page.first_published_at is None:
        # Wagtail puts a new page online shortly before it publishes it.
        return {"state": ContentState.DRAFT}
    return {"state": state_of(page)}


def _organisations(page: Page) -> list[Organisation]:
    """For which it was submitted, else those whose content it is."""
    submission = open_submission(page)
    return [submission.organisation] if submission and submission.organisation else owners(page)
