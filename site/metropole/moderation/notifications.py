"""What people are told of their contents."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from metropole.accounts.models import User
from metropole.core.templatetags.site_tags import reader_date
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.organisations.enums import MembershipState, Right
from metropole.organisations.models import Organisation

from .editing import editing_route
from .models import ChangeRequest, DeletionRequest, ErrorReport, Submission
from .policy import keepers

TOPIC = "contributions"
_OF_YOURS = _("You contribute for the organisation whose content it is.")

# fmt: off
KINDS = (
    Kind("content.submitted", TOPIC, _("“%(title)s” is submitted"),
         _("The moderators read “%(title)s” and answer you here."), _("You submitted it.")),
    Kind("content.changes_requested", TOPIC, _("Changes are requested in “%(title)s”"),
         _("The moderators ask for these changes in “%(title)s”:\n%(reasons)s"), _OF_YOURS),
    Kind("content.refused", TOPIC, _("“%(title)s” is not published"),
         _("The moderators do not publish “%(title)s”:\n%(reason)s"), _OF_YOURS),
    Kind("content.published", TOPIC, _("“%(title)s” is published"),
         _("“%(title)s” is online: %(url)s"), _OF_YOURS),
    Kind("content.deletion_granted", TOPIC, _("“%(title)s” is removed"),
         _("“%(title)s” is removed at your request. Its address says so, and why:\n%(reason)s"), _OF_YOURS),
    Kind("content.deletion_refused", TOPIC, _("“%(title)s” stays online"),
         _("The moderators do not remove “%(title)s”:\n%(reason)s"), _OF_YOURS),
    Kind("content.restored", TOPIC, _("“%(title)s” is online again"),
         _("The moderators have put “%(title)s” back: %(url)s"), _OF_YOURS),
    Kind("content.error_reported", TOPIC, _("An error is reported in “%(title)s”"),
         _("A reader says of “%(title)s” (%(what)s):\n%(text)s"), _OF_YOURS),
    Kind("content.still_accurate", TOPIC, _("Is “%(title)s” still accurate?"),
         _("On %(date)s, readers will be told that “%(title)s” may be out of date. If all that it says is still right, "
           "confirm it; else bring it up to date."), _OF_YOURS),
)
# fmt: on


def register() -> None:
    register_kinds(*KINDS)


def told_by_the_site(**kwargs) -> None:
    """Stands where Wagtail would send e-mails of its own: people are told once, by the site's notifications."""


def submitted(sender: type, instance: Submission, user: AbstractUser | None, **kwargs) -> None:
    """Signal receiver: a page was handed to the moderators, wherever from."""
    if user is None:
        return
    page = instance.workflow_state.content_object
    notify([user], "content.submitted", f"content.submit:{instance.pk}", editing_route(page), title=_title(page))


def changes_requested(page: Page, submission: Submission, requests: Iterable[ChangeRequest]) -> None:
    reasons = "\n".join(f"– {request.field_label}{_(':')} {request.reason}" for request in requests)
    event = f"content.request_changes:{submission.pk}"
    people, route = authors(page, submission), editing_route(page)
    notify(people, "content.changes_requested", event, route, title=_title(page), reasons=reasons)


def refused(page: Page, submission: Submission, reason: str) -> None:
    event = f"content.refuse:{submission.pk}"
    people, route = authors(page, submission), editing_route(page)
    notify(people, "content.refused", event, route, title=_title(page), reason=reason)


def published(page: Page, submission: Submission) -> None:
    event = f"content.approve:{submission.pk}"
    notify(authors(page, submission), "content.published", event, title=_title(page), url=page.full_url or "")


def deletion_granted(request: DeletionRequest) -> None:
    _tell_of_deletion(request, "content.deletion_granted")


def deletion_refused(request: DeletionRequest) -> None:
    _tell_of_deletion(request, "content.deletion_refused")


def _tell_of_deletion(request: DeletionRequest, kind: str) -> None:
    people = [*contributors([request.organisation] if request.organisation else [])]
    if request.asked_by and request.asked_by not in people:
        people.append(request.asked_by)
    notify(people, kind, f"{kind}:{request.pk}", title=request.title, reason=request.answer)


def restored(page: Page) -> None:
    people = contributors(Organisation.objects.filter(contents=page.pk))
    buried = page.tombstones.order_by("-pk").values_list("pk", flat=True).first()
    notify(people, "content.restored", f"content.restore:{buried}", title=page.title, url=page.full_url or "")


def error_reported(report: ErrorReport, organisations: Iterable[Organisation]) -> None:
    """In the language of each reader of the news, but for the reporter's own words."""
    event, kind = f"report.receive:{report.pk}", "content.error_reported"
    route = editing_route(report.target) if isinstance(report.target, Page) else ()
    for person in contributors(organisations):
        with override(person.language):
            words = {"title": report.title, "what": report.get_kind_display(), "text": report.text}
        notify([person], kind, event, route, **words)


def still_accurate(page: Page, due: dt.datetime, token_for: Callable[[Page, AbstractUser], str]) -> None:
    event, kind = f"content.still_accurate:{page.pk}:{due:%Y-%m-%d}", "content.still_accurate"
    for person in contributors(keepers(page)):
        with override(person.language):
            date = reader_date(due)
        route = ("moderation:confirm_by_link", token_for(page, person))
        notify([person], kind, event, route, title=page.title, date=date)


def authors(page: Page, submission: Submission) -> list[AbstractUser]:
    """Who submitted it, and who contributes for the organisation that it was submitted for."""
    people = Q(pk=submission.submitted_by_id)
    if submission.organisation_id:
        people |= _contributing([submission.organisation])
    return list(User.objects.filter(people).distinct())


def contributors(organisations: Iterable[Organisation]) -> list[AbstractUser]:
    return list(User.objects.filter(_contributing(organisations)).distinct())


def _contributing(organisations: Iterable[Organisation]) -> Q:
    # One condition: the same membership is active, of the organisation and with the right.
    return Q(
        pk__in=User.objects.filter(
            memberships__organisation__in=list(organisations),
            memberships__state=MembershipState.ACTIVE,
            **{f"memberships__{Right.CONTRIBUTES}": True},
        ).values("pk")
    )


def _title(page: Page) -> str:
    return page.get_latest_revision_as_object().title if page.latest_revision_id else page.title
