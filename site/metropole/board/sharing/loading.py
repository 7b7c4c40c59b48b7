"""Loads the thresholds of the law as they were when the data file was written. What editors have is left as it is."""

import datetime as dt
from pathlib import Path

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field

from metropole.core.datafiles import read_yaml

from ..enums import ThresholdKey
from ..models import Threshold

DATA = Path(__file__).parents[1] / "data"


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: ThresholdKey
    amount: int = Field(gt=0)
    valid_from: dt.date
    valid_to: dt.date | None = None
    article: str = Field(min_length=3, max_length=150)
    source_url: str = Field(pattern=r"^https://", max_length=200)
    verified_by: str = Field("", max_length=150)
    verified_on: dt.date | None = None
    note: str = Field("", max_length=300)


@transaction.atomic
def load_thresholds(folder: Path = DATA) -> int:
    """Adds the rows that are not there, by what they are for and their first day; gives how many.

    Raises ``DataFileError`` and changes nothing.
    """
    added = 0
    for entry in read_yaml(folder / "thresholds.yaml", Entry):
        facts = entry.model_dump(exclude={"key", "valid_from"})
        row = {"key": entry.key, "valid_from": entry.valid_from}
        added += Threshold.objects.get_or_create(**row, defaults=facts)[1]
    return added
