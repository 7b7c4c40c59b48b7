"""Shape of the demonstration's data files (``demo/data/*.yaml``).

Each file holds one list; each model below is one entry of it. Slugs are the identity of an entry: loading the same slug
twice updates it. Texts are French; the folder ``english`` holds the words of some entries in English (``Wording``).
"""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from catalogue.sheet.groups import FIELDS

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)]


def _known(kind: str) -> AfterValidator:
    """Refuses a slug that is not among those of the validation context's ``kind``, if the context lists them."""

    def check(slug: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(kind)
        if known is not None and slug not in known:
            raise ValueError(f"“{slug}” is unknown among the {kind}")
        return slug

    return AfterValidator(check)


OrganisationSlug = Annotated[Slug, _known("organisations")]
TerritorySlug = Annotated[Slug, _known("territories")]
ThemeSlug = Annotated[Slug, _known("themes")]
ProgrammeSlug = Annotated[Slug, _known("programmes")]
SolutionSlug = Annotated[Slug, _known("solutions")]
SheetField = Literal[*FIELDS, "evidence"]
Title = Annotated[str, StringConstraints(min_length=3, max_length=150)]
Summary = Annotated[str, StringConstraints(min_length=20, max_length=400)]
RichText = Annotated[str, StringConstraints(min_length=1)]
"""HTML of the editor's rich text: ``p ul ol li b i a`` alone."""


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Table(Entry):
    caption: str
    header: list[str]
    rows: list[list[str]]


class Block(Entry):
    """One block of a page's body: exactly one of the fields is set."""

    heading: str | None = None
    text: RichText | None = None
    quote: str | None = None
    table: Table | None = None


class Figure(Entry):
    """A key figure as published: ``value`` is shown as it stands, with its date and its source."""

    value: str
    label: str
    as_of: dt.date | None = None
    source: str = ""


class Content(Entry):
    """What every kind of content carries."""

    slug: Slug
    title: Title
    summary: Summary
    date: dt.date | None = None
    organisations: list[OrganisationSlug] = []
    territories: list[TerritorySlug] = []
    themes: list[ThemeSlug] = []
    programme: ProgrammeSlug | None = None
    tags: list[str] = []
    source: str = ""
    source_url: HttpUrl | None = None
    body: list[Block] = []


class Page(Entry):
    """A standard page (legal notice, accessibility…)."""

    slug: Slug
    title: Title
    summary: Summary
    body: list[Block] = []


class Programme(Content):
    short_name: str = Field(max_length=60)
    kind: Literal["fund", "support", "experimentation", "training", "network", "events", "community", "services"]
    since: str = ""
    replaced_by: ProgrammeSlug | None = None
    open_to: str = ""
    support: RichText | None = None
    rules: RichText | None = None
    editions: RichText | None = None
    partners: list[str] = []
    figures: list[Figure] = []


class Project(Content):
    stage: Literal["planned", "trial", "running", "completed", "unknown"] = "unknown"
    carrier_role: str = ""
    place: str = ""
    problem: RichText | None = None
    approach: RichText | None = None
    results: RichText | None = None
    next_steps: RichText | None = None


class Kit(Content):
    audience: str = ""
    steps: RichText | None = None
    checklist: RichText | None = None


class Article(Content):
    pass


class Call(Content):
    opens_at: dt.datetime
    closes_at: dt.datetime
    audience: str = ""
    file_contents: RichText | None = None
    criteria: RichText | None = None


class Event(Content):
    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    place: str = ""


class Solution(Content):
    """A sheet drawn from public sources: what they do not say stays empty."""

    origin: Literal["editorial", "publisher"] = "editorial"
    kind: Literal["software", "ai", "service", "hardware", "data"]
    status: Literal["", "research", "trial", "in_service", "stopped"] = ""
    uses_ai: bool | None = None
    problem_and_use: RichText | None = None
    licensing: Literal["", "open", "mixed", "proprietary"] = ""
    fields: dict[SheetField, Any] = {}
    """What the sources say besides, by field of the sheet, as its exports hold it."""


class Deployment(Entry):
    """What a public source says of a solution's use in an authority; it may leave out the stage and the days."""

    slug: Slug
    solution: SolutionSlug
    organisation: OrganisationSlug
    stage: Literal["test", "pilot", "in_use", "stopped", "unknown"]
    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    scope: str = Field("", max_length=200)
    note: str = Field("", max_length=500)
    source: str = Field(min_length=1)
    source_url: HttpUrl | None = None


class Figures(Entry):
    """A line of an evaluation, as it was published."""

    indicator: str
    unit: str = ""
    before: str = ""
    after: str = ""
    change: str = ""


class Evaluation(Entry):
    """What a public source says of what came of a solution."""

    slug: Slug
    solution: SolutionSlug
    title: Title
    summary: Summary
    independence: Literal["independent", "authority", "publisher", "unknown"]
    outcome: Literal["expected", "partly", "none", "adverse"]
    author: str = ""
    date: dt.date | None = None
    sample: str = ""
    figures: list[Figures] = []
    method: str = ""
    results: str = ""
    limits: str = ""
    source: str = Field(min_length=1)


class Need(Entry):
    """An example need; its dates are relative to the day on which the demonstration is built."""

    slug: Slug
    title: Title
    summary: Summary
    organisation: OrganisationSlug
    territories: list[TerritorySlug] = []
    themes: list[ThemeSlug]
    tags: list[str] = []
    mode: Literal["sourcing", "direct", "referral"] = "sourcing"
    problem: RichText
    expected_result: RichText
    work_done: RichText | None = None
    constraints: RichText | None = None
    success_criteria: RichText | None = None
    essential_criteria: str | None = None
    """One a line, as are the desirable ones."""
    desirable_criteria: str | None = None
    published_days_ago: int = Field(ge=1)
    closes_in_days: int
    """Negative for a need that has closed."""
    source: str


class Presentation(Entry):
    """An example of solutions presented to the authorities; its dates are relative, as those of a need."""

    slug: Slug
    title: Title
    summary: Summary
    reasons: str = Field(min_length=20, max_length=2000)
    solutions: list[SolutionSlug] = Field(min_length=1)
    territories: list[TerritorySlug] = []
    themes: list[ThemeSlug] = []
    opened_days_ago: int = Field(ge=0)
    closes_in_days: int = Field(ge=1)


class Weighting(BaseModel):
    criterion: str
    weight: str


class Pair(BaseModel):
    """A question and its answer."""

    question: str
    answer: str


class ExampleResponse(BaseModel):
    """What the example company answers; ``criteria``: its answers to the criteria of the need, in their order."""

    summary: str
    approach: str
    calendar: str
    criteria: list[str]


class ExampleNeed(Need):
    """A need that nobody has, with what companies do about it."""

    value_low: int | None = None
    value_high: int | None = None
    weightings: list[Weighting] = []
    questions: list[Pair] = []
    response: ExampleResponse | None = None


class Wording(BaseModel):
    """The English words of the French entry ``of``: those of its fields that are words, under the same names."""

    model_config = ConfigDict(extra="allow", str_strip_whitespace=True)

    of: Slug
    title: Title
    summary: Summary

    @model_validator(mode="after")
    def _fits_its_entry(self, info: ValidationInfo) -> "Wording":
        """Checks the words as the entry's own are; ``entries`` of the context holds the French entries by slug."""
        entry = (info.context or {})["entries"].get(self.of)
        if entry is None:
            raise ValueError(f"there is no French entry “{self.of}”")
        self.applied_to(entry)
        return self

    def applied_to(self, entry: Entry) -> Entry:
        """The entry said in English; of the fields of a sheet, only those that are words are said again."""
        said = self.model_dump(exclude={"of"})
        if isinstance(entry, Solution):
            said["fields"] = entry.fields | said.get("fields", {})
        return type(entry).model_validate(entry.model_dump() | said)


class TagWording(Entry):
    """What a tag is called in English."""

    tag: str
    name: str
