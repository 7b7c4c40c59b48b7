"""A sheet of the catalogue that is filled from its first field to its last, of a solution that does not exist."""

from pathlib import Path

from django.db import transaction

from catalogue.models import Claim, SolutionPage
from metropole.core.datafiles import read_yaml
from metropole.organisations.models import Organisation

from . import schema
from .english import read_wordings, save_wording
from .frame import build_frame
from .pages import PageWriter

FOLDER, FILE = Path(__file__).parent / "data" / "example", "solution.yaml"


@transaction.atomic
def publish_example(company: Organisation) -> None:
    """As its publisher would have written it: the example company, which must be there."""
    (entry,) = read_yaml(FOLDER / FILE, schema.Solution)
    (wording,) = read_wordings(FOLDER, FILE, [entry])
    writer = PageWriter(build_frame())
    writer.save(entry)
    save_wording(FILE, entry, wording, writer)
    Claim.objects.filter(solution__in=SolutionPage.objects.filter(slug=entry.slug)).update(said_by=company)
