"""Loads the territory from the data files: the métropole, its 12 territories, its 130 communes, their other names."""

import json
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from metropole.core.datafiles import DataFileError, read_csv

from .enums import Department, TerritoryKind
from .models import PARIS, Territory, TerritoryAlias

DATA = Path(__file__).parent / "data"
METROPOLE_SLUG = "metropole"
METROPOLE_SIREN = "200054781"

Name = Annotated[str, Field(min_length=1), AfterValidator(lambda name: name.replace("'", "’"))]
Number = Annotated[int, BeforeValidator(lambda code: str(code).removeprefix("T")), Field(ge=1, le=12)]


class CommuneRow(BaseModel):
    insee_code: str = Field(pattern=r"^\d[\dAB]\d{3}$")
    name: Name
    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    department_code: Department
    ept_code: Number
    population: int = Field(gt=0)
    siren: str = Field(pattern=r"^\d{9}$")
    latitude: float = Field(ge=48, le=50)
    longitude: float = Field(ge=1, le=4)


class EptRow(BaseModel):
    ept_code: Number
    name: Name
    slug: str = Field(pattern=r"^[a-z0-9-]+$")
    siren: str = Field(pattern=r"^\d{9}$")
    population: int = Field(gt=0)
    latitude: float
    longitude: float


class ArrondissementRow(BaseModel):
    name: Name


class AliasRow(BaseModel):
    name: Name
    slug: str


def load_territory(folder: Path = DATA) -> int:
    """Writes the whole tree, updating what is there; returns the number of territories.

    Raises ``DataFileError`` and changes nothing if a file does not fit.
    """
    communes = read_csv(folder / "communes.csv", CommuneRow)
    epts = read_csv(folder / "epts.csv", EptRow)
    arrondissements = read_csv(folder / "paris_arrondissements.csv", ArrondissementRow)
    aliases = read_csv(folder / "aliases.csv", AliasRow)
    outlines = json.loads((folder / "outlines.json").read_text(encoding="utf-8"))
    with transaction.atomic():
        root = _save_metropole(sum(commune.population for commune in communes), outlines)
        parents = {ept.ept_code: _save_ept(ept, root, outlines) for ept in epts if ept.ept_code != PARIS}
        for commune in communes:
            _save_commune(commune, parents.get(commune.ept_code, root), outlines)
        _save_aliases(folder, aliases, [row.name for row in arrondissements], epts)
    return Territory.objects.count()


def _save_metropole(population: int, outlines: dict) -> Territory:
    return _save(
        METROPOLE_SLUG,
        kind=TerritoryKind.METROPOLE,
        name="Métropole du Grand Paris",
        siren=METROPOLE_SIREN,
        population=population,
        outline=outlines["metropole"],
    )


def _save_ept(row: EptRow, root: Territory, outlines: dict) -> Territory:
    return _save(
        row.slug,
        kind=TerritoryKind.EPT,
        parent=root,
        name=row.name,
        number=row.ept_code,
        siren=row.siren,
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
        outline=outlines["epts"][f"T{row.ept_code}"]["outline"],
    )


def _save_commune(row: CommuneRow, parent: Territory, outlines: dict) -> Territory:
    return _save(
        row.slug,
        kind=TerritoryKind.COMMUNE,
        parent=parent,
        name=row.name,
        number=row.ept_code,
        insee_code=row.insee_code,
        siren=row.siren,
        department=row.department_code,
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
        outline=outlines["communes"][row.insee_code]["outline"],
    )


def _save(slug: str, **fields) -> Territory:
    return Territory.objects.update_or_create(slug=slug, defaults=fields)[0]


def _save_aliases(folder: Path, rows: list[AliasRow], arrondissements: list[str], epts: list[EptRow]) -> None:
    by_slug = Territory.objects.in_bulk(field_name="slug")
    named = [(row.name, row.slug) for row in rows]
    named += [(name, "paris") for name in arrondissements]
    named += [(f"T{ept.ept_code}", ept.slug) for ept in epts]
    for line, (name, slug) in enumerate(named, start=2):
        if slug not in by_slug:
            raise DataFileError(folder / "aliases.csv", line, f"slug: there is no territory “{slug}”")
        TerritoryAlias.objects.update_or_create(name=name, defaults={"territory": by_slug[slug]})
