"""The sourcing report as a spreadsheet: what was decided, then what each sheet said."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from ..workbooks import Value, add_sheet, workbook
from .copying import day_of
from .models import Shortlist
from .report import sections

Rows = Iterator[Sequence[Value]]


def shortlist_workbook(shortlist: Shortlist) -> Workbook:
    """In the language in which it was locked."""
    with override(shortlist.content["language"]):
        shown = sections(shortlist.content)
        book = workbook()
        add_sheet(book, _("Shortlist"), _decisions(shortlist, shown), [34, 24, 60, 60])
        add_sheet(book, _("Sheets"), _sheets(shown), [34, 28, 36, 60, 24, 30, 20, 40, 50])
        return book


def _minute(instant: str) -> str:
    """In the site's time, whose distance from UTC is said: spreadsheets know no zone."""
    return timezone.localtime(dt.datetime.fromisoformat(instant)).isoformat(sep=" ", timespec="minutes")


def _decisions(shortlist: Shortlist, shown: dict) -> Rows:
    content = shown["content"]
    yield [_("Sourcing report"), content["title"]]
    yield [_("Need"), content["need"]]
    for criterion in content["criteria"]:
        yield [_("Criterion"), criterion]
    yield [_("Drawn up for"), content["organisation"]["name"], content["organisation"]["siret"]]
    yield [_("Locked at"), _minute(content["locked_at"])]
    yield [_("SHA-256"), shortlist.digest]
    yield []
    yield [_("Solution"), _("Outcome"), _("Reason"), _("Address of its sheet"), _("Fields filled"), _("Out of")]
    for one in shown["solutions"]:
        sheet = one["sheet"] or {"address": "", "filled": 0, "applicable": 0}
        yield [
            one["title"], str(one["verdict_label"]), one["reason"],
            sheet["address"], sheet["filled"], sheet["applicable"],
        ]  # fmt: skip


def _sheets(shown: dict) -> Rows:
    yield [
        _("Solution"), _("Group"), _("Field"), _("What the sheet says"), _("Level"), _("Said by"), _("Said at"),
        _("Confirmed by"), _("Evidence"),
    ]  # fmt: skip
    for one in shown["solutions"]:
        for group in one["sheet"]["groups"] if one["sheet"] else ():
            for field in group["fields"]:
                yield [
                    one["title"],
                    group["label"],
                    field["label"],
                    field["value"] or _("Not provided"),
                    field["level_label"],
                    field["said_by"],
                    day_of(field["said_at"]),
                    ", ".join(field["confirmed_by"]),
                    "\n".join(" ".join(filter(None, proof.values())) for proof in field["evidence"]),
                ]
