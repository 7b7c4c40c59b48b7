"""Is it still accurate? Each organisation is asked again about its contents, after a time that depends on the kind."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from metropole.content.models import ContentPage
from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from . import notifications
from .fields import content_models
from .models import AccuracyPeriod, Confirmation
from .states import in_review

DEFAULT_MONTHS = 12
MONTHS = {"article": 24, "programme": 0, "call": 0, "event": 0}
"""What the periods are at first; editors change them. 0: what is dated by itself, or is the Métropole's to keep up."""
NOTICE = dt.timedelta(days=30)
"""How long before it is due an organisation is asked."""
LINK_SECONDS = 120 * 24 * 3600
_SALT = "metropole.moderation.accuracy"


@dataclass(frozen=True)
class Life:
    """How far a published page is to be trusted today. ``said_at``: when it was last confirmed, or else published."""

    confirmed_at: dt.datetime | None
    said_at: dt.datetime | None
    due_at: dt.datetime | None
    is_under_revision: bool

    @property
    def is_outdated(self) -> bool:
        return self.due_at is not None and self.due_at <= timezone.now()


def with_life(pages: QuerySet, kind: str) -> QuerySet:
    """Annotates pages of a kind with what ``life_of`` needs."""
    months = AccuracyPeriod.objects.filter(kind=kind).values("months")[:1]
    return _with_dates(pages).annotate(
        accuracy_months=Subquery(months), under_revision=in_review(WorkflowState.STATUS_IN_PROGRESS)
    )


def life_of(page: ContentPage) -> Life:
    """Without a query for a page that was fetched to be read; else with one."""
    known = (
        page if hasattr(page, "accuracy_months") else with_life(Page.objects, page.content_type_name).get(pk=page.pk)
    )
    months = DEFAULT_MONTHS if known.accuracy_months is None else known.accuracy_months
    published_at = known.original_published_at or known.last_published_at
    said_at = _last_said(known.confirmed_at, published_at)
    due = _due(known.confirmed_at, published_at, months)
    return Life(known.confirmed_at, said_at, due, known.under_revision)


def due_at(page: ContentPage) -> dt.datetime | None:
    """When its organisation has to say again that it is accurate; None for what is never asked about."""
    return life_of(page).due_at


@transaction.atomic
def confirm(page: Page, by: AbstractUser) -> None:
    """Its organisation says that a page is still accurate."""
    policy.require(by, "content.confirm", page)
    if not page.live:
        raise ValidationError(_("This page is not online."))
    original = _original(page)
    Confirmation.objects.update_or_create(
        page_id=original.pk, defaults={"confirmed_at": timezone.now(), "confirmed_by": by}
    )
    record(page.specific_deferred, "moderation.content.confirm", by)


def to_confirm(before: dt.datetime, pages: QuerySet | None = None) -> Iterator[tuple[ContentPage, dt.datetime]]:
    """The originals online that are due before an instant, the oldest first."""
    known = dict(AccuracyPeriod.objects.values_list("kind", "months"))
    found = []
    for model in content_models():
        months = known.get(model.content_type_name, DEFAULT_MONTHS)
        if not months:
            continue
        kept = model.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
        # What was published or confirmed later than this is not due yet, whatever the length of the months.
        kept = _with_dates(kept).filter(last_published_at__lt=before - dt.timedelta(days=28 * months))
        if pages is not None:
            kept = kept.filter(pk__in=pages.values("pk"))
        for page in kept:
            due = _due(page.confirmed_at, page.last_published_at, months)
            if due and due <= before:
                found.append((page, due))
    yield from sorted(found, key=lambda pair: (pair[1], pair[0].pk))


def for_person(person: AbstractUser) -> list[tuple[ContentPage, dt.datetime]]:
    """What a contributor is asked about now."""
    owned = Organisation.objects.of(person, "contributes").verified()
    pages = ContentPage.objects.filter(organisations__in=owned)
    waiting = list(to_confirm(timezone.now() + NOTICE, pages)) if owned.exists() else []
    return [(page, due) for page, due in waiting if policy.may(person, "content.confirm", page)]


def ask_organisations() -> None:
    """Beat: tells contributors of what is due, once for each due date."""
    for page, due in to_confirm(timezone.now() + NOTICE):
        notifications.still_accurate(page, due, link_token)


def link_token(page: Page, person: AbstractUser) -> str:
    """What a link of an e-mail holds: who may confirm what with it."""
    return signing.dumps([page.pk, person.pk], salt=_SALT)


def read_token(token: str) -> tuple[int, int] | None:
    """The page's and the person's keys; None for a forged or an old link."""
    try:
        page, person = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return page, person


def create_periods(using: str, **kwargs) -> None:
    """Signal receiver, after the migrations: each kind of content has its period, for editors to change."""
    for model in content_models():
        name = model.content_type_name
        AccuracyPeriod.objects.using(using).get_or_create(
            kind=name, defaults={"months": MONTHS.get(name, DEFAULT_MONTHS)}
        )


def _original(page: Page) -> Page:
    originals = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return originals.first() or page


def _with_dates(pages: QuerySet) -> QuerySet:
    confirmed = Confirmation.objects.filter(page__translation_key=OuterRef("translation_key"))
    original = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    )
    return pages.annotate(
        confirmed_at=Subquery(confirmed.order_by("-confirmed_at").values("confirmed_at")[:1]),
        original_published_at=Subquery(original.values("last_published_at")[:1], output_field=DateTimeField()),
    )


def _due(confirmed_at: dt.datetime | None, published_at: dt.datetime | None, months: int) -> dt.datetime | None:
    said_at = _last_said(confirmed_at, published_at)
    return add_months(said_at, months) if months and said_at else None


def _last_said(confirmed_at: dt.datetime | None, published_at: dt.datetime | None) -> dt.datetime | None:
    return max((instant for instant in (confirmed_at, published_at) if instant), default=None)


def add_months(instant: dt.datetime, months: int) -> dt.datetime:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)
