"""Values of a page's fields from an entry of the data files, kind by kind."""

from functools import singledispatch
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from catalogue.imports.values import held
from catalogue.models import SolutionPage
from metropole.taxonomy.models import Programme
from resources.models import ProgrammeFigure

from . import schema

HIGHLIGHTED_PROGRAMMES = ("innover-dans-la-ville", "quartiers-metropolitains-innovation", "numerique-pour-tous")
"""Programmes whose first figures are shown on the front page."""
HIGHLIGHTED_FIGURES = 2


def stream(seed: str, blocks: list[schema.Block]) -> list[dict[str, Any]]:
    """Blocks as StreamField data. Their identifiers follow from ``seed`` and their rank: loading again changes none."""
    return [
        {"type": kind, "value": _block_value(kind, value), "id": _identifier(seed, rank)}
        for rank, block in enumerate(blocks)
        for kind, value in block.model_dump(exclude_none=True).items()
    ]


@singledispatch
def own_fields(entry: schema.Content) -> dict[str, Any]:
    """The fields that only this kind of content has."""
    return {}


@own_fields.register
def _(entry: schema.Programme) -> dict[str, Any]:
    highlighted = HIGHLIGHTED_FIGURES if entry.slug in HIGHLIGHTED_PROGRAMMES else 0
    successor = Programme.objects.canonical().filter(slug=entry.replaced_by).first()
    return _given(entry, "kind", "since", "open_to", "support", "rules", "editions") | {
        "replaced_by": successor.name if successor else "",
        "partners": "\n".join(entry.partners),
        "figures": [
            ProgrammeFigure(
                **figure.model_dump(),
                sort_order=rank,
                is_highlighted=rank < highlighted,
                translation_key=_identifier(f"figures of {entry.slug}", rank),
            )
            for rank, figure in enumerate(entry.figures)
        ],
    }


@own_fields.register
def _(entry: schema.Project) -> dict[str, Any]:
    fields = _given(entry, "carrier_role", "place", "problem", "approach", "results", "next_steps")
    return fields | {"stage": "" if entry.stage == "unknown" else entry.stage}


@own_fields.register
def _(entry: schema.Kit) -> dict[str, Any]:
    return _given(entry, "audience", "steps", "checklist")


@own_fields.register
def _(entry: schema.Call) -> dict[str, Any]:
    instants = {"opens_at": entry.opens_at, "closes_at": entry.closes_at}
    return _given(entry, "audience", "file_contents", "criteria") | instants


@own_fields.register
def _(entry: schema.Event) -> dict[str, Any]:
    start = timezone.localtime(entry.starts_at)
    return {
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "time_is_known": bool(start.hour or start.minute),
        "place": entry.place,
    }


@own_fields.register
def _(entry: schema.Solution) -> dict[str, Any]:
    fields = _given(entry, "origin", "kind", "status", "problem_and_use", "licensing")
    further = {name: held(SolutionPage._meta.get_field(name), value) for name, value in entry.fields.items()}
    return fields | {"contains_ai": entry.uses_ai} | further


def common_fields(entry: schema.Content) -> dict[str, Any]:
    """The fields that every kind of content has, but for its filing."""
    return {
        "title": entry.title,
        "summary": entry.summary,
        "date": entry.date,
        "source": entry.source,
        "source_url": str(entry.source_url or ""),
        "body": stream(entry.slug, entry.body),
    }


def _given(entry: schema.Content, *names: str) -> dict[str, str]:
    return {name: getattr(entry, name) or "" for name in names}


def _block_value(kind: str, value: Any) -> Any:
    return {"text": value, "author": ""} if kind == "quote" else value


def _identifier(seed: str, rank: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{seed}:{rank}"))
