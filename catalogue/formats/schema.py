"""What the API says of a sheet, typed: each field has the type of its values, and the same is said of every claim."""

import datetime as dt
from typing import Any, Generic, Literal, TypeVar

from django.db import models
from django.utils.translation import override
from ninja import Schema
from pydantic import Field, create_model

from metropole.core.lists import ChoicesField, RowsField
from metropole.search.api import LANG_UI

from ..enums import Level, Origin
from ..models import SolutionPage
from ..sheet.groups import FIELDS, field_label
from .inventory import COLUMNS

Value = TypeVar("Value")


class LanguageIn(Schema):
    lang_ui: str = LANG_UI


class SheetsIn(LanguageIn):
    page: int = Field(1, ge=1, description="Page number, from 1.")


class OrganisationOut(Schema):
    slug: str
    name: str


class EvidenceOut(Schema):
    title: str
    url: str = Field(description="Empty where only its title is known.")
    date: str = Field(description="ISO date, or empty.")


class StandingOut(Schema):
    """How far a claim is backed, on whose word and since when."""

    level: Literal[*Level.values] | None = Field(description="None where nothing is said.")
    said_by: OrganisationOut | None = Field(description="None: the editors, from the sheet's sources.")
    said_at: dt.datetime | None
    confirmed_by: list[OrganisationOut]
    evidence: list[EvidenceOut]


class ClaimOut(StandingOut, Generic[Value]):
    label: str
    value: Value | None = Field(description="None where nobody has said it.")
    text: str = Field(description="The same as plain text, for readers.")


class CompletenessOut(Schema):
    filled: int
    applicable: int


class EvidenceRowOut(Schema):
    field: str
    title: str
    place: str
    date: str = ""


def _type_of(field: models.Field) -> Any:
    if isinstance(field, ChoicesField):
        return list[Literal[*field.codes.values]]
    if isinstance(field, RowsField):
        name = f"{field.name.title().replace('_', '')}Row"
        return list[create_model(name, __base__=Schema, **{column.name: (str, "") for column in field.columns})]
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.IntegerField):
        return int
    if isinstance(field, models.DateField):
        return dt.date
    return Literal[*(code for code, _label in field.choices)] if field.choices else str


def _claim_of(name: str) -> tuple[type, Any]:
    field = SolutionPage._meta.get_field(name)
    with override("en"):
        return ClaimOut[_type_of(field)], Field(description=field_label(name))


FieldsOut = create_model("FieldsOut", __base__=Schema, **{name: _claim_of(name) for name in FIELDS})


class SheetOut(Schema):
    """A published sheet. What nobody has said is null; prose is HTML."""

    slug: str
    language: str
    title: str
    summary: str
    url: str
    origin: Literal[*Origin.values] = Field(description="Who wrote the sheet.")
    published_at: dt.datetime
    licence: str
    source: str
    source_url: str
    themes: list[str]
    territories: list[str]
    completeness: CompletenessOut
    publisher_siren: str
    fields: FieldsOut
    qualities: dict[str, StandingOut] = Field(description="What it is said to be, each by itself.")
    evidence: list[EvidenceRowOut]


class SheetsOut(Schema):
    count: int
    page: int
    page_size: int
    results: list[SheetOut]


InventoryRowOut = create_model(
    "InventoryRowOut", __base__=Schema, **{column.name: (str, Field(description=column.asked)) for column in COLUMNS}
)


class InventoryOut(Schema):
    """A row for each authority that is confirmed to use the solution; one without a name where none is."""

    rows: list[InventoryRowOut]
