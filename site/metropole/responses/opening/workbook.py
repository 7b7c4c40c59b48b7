"""The responses and the file of a sourcing as spreadsheets, for who carries the need."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from openpyxl import Workbook

from catalogue.workbooks import Value, add_sheet, workbook
from metropole.board.models import Need

from ..models import Response
from ..reading import Deposit
from .bundle import Bundle
from .exchanging import readable_words
from .panel import Labelled
from .printing import bundle_context

Rows = Iterator[Sequence[Value]]


def responses_workbook(need: Need, responses: list[Labelled]) -> Workbook:
    """The responses that their reader may read; without names while the panel reads without them."""
    book = workbook()
    add_sheet(book, _("Responses"), _responses(responses), [16, 30, 24, 16, 50, 66])
    add_sheet(book, _("Content"), _contents(responses), [16, 30, 40, 80])
    add_sheet(book, _("Exchanges"), _exchanges(need, responses), [16, 24, 60, 60])
    return book


def bundle_workbook(bundle: Bundle, digest: str, receipts: list[dict]) -> Workbook:
    book, shown = workbook(), bundle_context(bundle)
    add_sheet(book, _("Need"), _need(bundle, digest), [34, 100])
    add_sheet(book, _("Amendments"), _amendments(shown["amendments"]), [10, 26, 24, 60, 80])
    add_sheet(book, _("Questions and answers"), _questions(bundle), [60, 80, 60])
    contacts = [[str(label) for label in shown["contact_labels"]], *shown["contacts"]]
    add_sheet(book, _("Early contacts"), contacts, [20, 40, 80])
    add_sheet(book, _("Receipts"), _receipts(receipts), [20, 28, 10, 70])
    return book


def _responses(responses: list[Labelled]) -> Rows:
    yield [_("Response"), _("Organisation"), _("Deposited at"), _("Decision"), _("Reason"), _("SHA-256")]
    for one in responses:
        response = one.response
        decision = getattr(response, "decision", None)
        yield [
            one.label, one.name, _minute(response.submitted_at),
            str(decision.get_verdict_display()) if decision else "", decision.reason if decision else "",
            response.digest,
        ]  # fmt: skip


def _contents(responses: list[Labelled]) -> Rows:
    yield [_("Response"), _("Part"), _("Criterion"), _("What it says")]
    for one in responses:
        for part, criterion, said in _parts(one.deposit) if one.deposit else ():
            yield [one.label, str(part), criterion, said]


def _parts(deposit: Deposit) -> Iterator[tuple[str | Promise, str, str]]:
    """Of each what it is, the criterion it answers if it answers one, and what it says."""
    for said in deposit.prose:
        yield said.label, "", said.text
    if deposit.price:
        yield _("Indication of price"), "", _("%(price)s € without tax") % {"price": deposit.price}
    for answered in deposit.criteria:
        part = _("Essential criteria") if answered.is_essential else _("Desirable criteria")
        yield part, answered.text, answered.answer
    for solution in deposit.solutions:
        yield _("Sheets of the catalogue"), "", solution.title
    for partner in deposit.partners:
        yield _("Partners"), "", " – ".join((partner["name"], partner["siren"], partner["role"]))


def _exchanges(need: Need, responses: list[Labelled]) -> Rows:
    yield [_("Response"), _("Due"), _("What was asked"), _("What was answered")]
    by_response: dict[Response, str] = {one.response: one.label for one in responses}
    for exchange in need.exchanges.prefetch_related("answers__response"):
        for answer in exchange.answers.all():
            if answer.response in by_response:
                answer.exchange = exchange
                label = by_response[answer.response]
                yield [label, _minute(exchange.due_at), exchange.text, readable_words(answer)]


def _need(bundle: Bundle, digest: str) -> Rows:
    yield [_("Need"), bundle["title"]]
    yield [_("Summary"), bundle["summary"]]
    yield [_("Carried by"), ", ".join([bundle["organisation"], *bundle["co_carriers"]])]
    yield [_("Mode"), bundle["mode"]]
    yield [_("Address"), bundle["address"]]
    for section in bundle["sections"]:
        yield [section["label"], strip_tags(section["html"].replace("<", " <")).strip()]
    yield [_("Essential criteria"), "\n".join(bundle["essential"])]
    yield [_("Desirable criteria"), "\n".join(bundle["desirable"])]
    yield [_("Synthesis"), bundle["synthesis"]]
    yield [_("Outcome"), bundle["outcome"]]
    yield [_("Reason"), bundle["reason"]]
    yield [_("SHA-256"), digest]


def _amendments(amendments: list[dict]) -> Rows:
    yield [_("Number"), _("Kind"), _("Published at"), _("Reason"), _("Changes")]
    for one in amendments:
        yield [one["number"], one["kind"], _minute(one["instant"]), one["reason"], "\n".join(one["changes"])]


def _questions(bundle: Bundle) -> Rows:
    yield [_("Question"), _("Answer"), _("Correction")]
    for one in bundle["questions"]:
        yield [one["question"], one["answer"], one["correction"]]


def _receipts(receipts: list[dict]) -> Rows:
    yield [_("Receipt"), _("Deposited at"), _("Version"), _("SHA-256")]
    for one in receipts:
        yield [one["number"], one["at"], one["version"], one["digest"]]


def _minute(instant) -> str:
    """In the site's time, whose distance from UTC is said: spreadsheets know no zone."""
    return timezone.localtime(instant).isoformat(sep=" ", timespec="minutes")
