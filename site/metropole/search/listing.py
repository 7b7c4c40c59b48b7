"""What the views hand to the templates: plain values, every address and label ready."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Label:
    value: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Hit:
    """One result. ``wider`` says that it is shown because it is attached higher up, to ``wider_label``.

    ``language`` is that of its text; ``language_label`` says so where it is not the reader's.
    ``note``: why it is shown, where that is told.
    """

    id: str
    type: str
    type_label: str
    title: str
    title_html: SafeString
    url: str
    summary: str
    summary_html: SafeString
    territories: list[Label]
    themes: list[Label]
    organisations: list[str]
    date: datetime.date | None
    language: str
    language_label: str
    status: str
    status_label: str
    closes_at: datetime.datetime | None
    is_example: bool
    wider: bool = False
    wider_label: str = ""
    note: str = ""

    @property
    def slug(self) -> str:
        """The last step of its address."""
        return self.url.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True)
class Choice:
    """What readers may do with several results at once: they tick them, and a form sends them as ``name``.

    ``label``: the words of its button; ``tick``: those beside each box.
    """

    url: str
    name: str
    label: str
    tick: str


@dataclass
class FacetValue:
    """One value to tick. Its ``url`` toggles it; it is made when a template asks, as most panels tick boxes instead."""

    value: str
    label: str
    count: int
    selected: bool
    address: Callable[[str], str]
    partially_selected: bool = False
    children: list["FacetValue"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.address(self.value)


@dataclass
class Facet:
    name: str
    label: str
    is_tree: bool
    values: list[FacetValue]
    more: list[FacetValue]
    selected_count: int
    is_rare: bool = False


@dataclass(frozen=True)
class Chip:
    facet_label: str
    label: str
    url: str


@dataclass(frozen=True)
class Correction:
    """The words as typed, as they were understood, and the way back."""

    original: str
    corrected: str
    original_url: str


@dataclass(frozen=True)
class Wider:
    """What is attached higher than the chosen territories; ``url`` includes it, or leaves it out again."""

    count: int
    url: str
    included: bool
    places: str


@dataclass(frozen=True)
class Relaxation:
    """A filter to lift when nothing is found, and how many results that gives."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class SortOption:
    value: str
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class Pagination:
    """``pages`` holds None where numbers are left out."""

    number: int
    count: int
    pages: list[PageLink | None]
    previous_url: str
    next_url: str
    start_index: int
    end_index: int


@dataclass
class Listing:
    """A page of results. ``first_language`` names the language of those that come first, where others follow them."""

    text: str
    heading: str
    total: int
    hits: list[Hit]
    facets: list[Facet]
    chips: list[Chip]
    clear_url: str
    correction: Correction | None
    wider: Wider | None
    relaxations: list[Relaxation]
    sort_options: list[SortOption]
    pagination: Pagination
    export_url: str
    feed_url: str
    action_url: str
    hidden_inputs: list[tuple[str, str]]
    language: str
    first_language: str
    is_first_page: bool
    has_filters: bool
    engine: str
    choice: Choice | None = None

    @property
    def usual_facets(self) -> list[Facet]:
        return [facet for facet in self.facets if not facet.is_rare]

    @property
    def rarer_facets(self) -> list[Facet]:
        """Those shown behind the others."""
        return [facet for facet in self.facets if facet.is_rare]

    @property
    def uses_rarer_facets(self) -> bool:
        return any(facet.selected_count for facet in self.rarer_facets)
