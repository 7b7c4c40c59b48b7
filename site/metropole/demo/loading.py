"""Builds the demonstration from its data files: all of them are read and checked before anything is written."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale

from metropole.core.datafiles import read_yaml
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Programme, Theme
from metropole.territory.models import Territory

from . import schema
from .deployments import save_deployment, save_evaluation
from .english import FOLDER, read_wordings, save_programme_name, save_tag_names, save_wording
from .frame import build_frame
from .legal import LegalEntry, save_legal_texts
from .needs import save_need
from .pages import PageWriter
from .presentations import save_presentation

DATA = Path(__file__).parent / "data"
PROGRAMMES, SOLUTIONS = "programmes.yaml", "solutions.yaml"

FILES: dict[str, type[schema.Entry]] = {
    "pages.yaml": schema.Page,
    PROGRAMMES: schema.Programme,
    "projects-fmin.yaml": schema.Project,
    "projects-explorateurs.yaml": schema.Project,
    "projects-local.yaml": schema.Project,
    "projects-districts.yaml": schema.Project,
    SOLUTIONS: schema.Solution,
    "deployments.yaml": schema.Deployment,
    "evaluations.yaml": schema.Evaluation,
    "calls.yaml": schema.Call,
    "events.yaml": schema.Event,
    "kits.yaml": schema.Kit,
    "articles.yaml": schema.Article,
    "needs.yaml": schema.Need,
    "presentations.yaml": schema.Presentation,
}

SAVERS: dict[type[schema.Entry], Callable[[schema.Entry], None]] = {
    schema.Need: save_need,
    schema.Presentation: save_presentation,
    schema.Deployment: save_deployment,
    schema.Evaluation: save_evaluation,
}
"""Of the entries that are no pages below the site's sections."""

Report = Callable[[str, int, int], None]
"""Called with a file's name, how many of its entries are written, and how many it has."""


@transaction.atomic
def load_demo(folder: Path = DATA, report: Report = lambda name, done, total: None) -> None:
    """Writes the demonstration's content, updating what is there.

    The territory, the themes and the authorities must be loaded before. Raises ``DataFileError`` and changes nothing
    if a file does not fit.
    """
    files = _read(folder)
    legal_texts = read_yaml(folder / "legal.yaml", LegalEntry)
    wordings = {name: read_wordings(folder, name, entries) for name, entries in files.items()}
    frame = build_frame()
    _save_programme_categories(files[PROGRAMMES], wordings[PROGRAMMES])
    writer = PageWriter(frame)
    for name, entries in files.items():
        for done, entry in enumerate(entries, start=1):
            SAVERS.get(type(entry), writer.save)(entry)
            report(name, done, len(entries))
    for name, entries in files.items():
        by_slug = {entry.slug: entry for entry in entries}
        for done, wording in enumerate(wordings[name], start=1):
            save_wording(name, by_slug[wording.of], wording, writer)
            report(f"{FOLDER}/{name}", done, len(wordings[name]))
    save_tag_names(folder)
    save_legal_texts(legal_texts)


def _read(folder: Path) -> dict[str, list[schema.Entry]]:
    programmes = read_yaml(folder / PROGRAMMES, schema.Programme)
    known = {
        "organisations": _slugs(Organisation),
        "territories": _slugs(Territory),
        "themes": _slugs(Theme),
        "programmes": {entry.slug for entry in programmes},
    }
    known["solutions"] = {entry.slug for entry in read_yaml(folder / SOLUTIONS, schema.Solution, known)}
    return {name: read_yaml(folder / name, model, known) for name, model in FILES.items()}


def _slugs(model: type) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


def _save_programme_categories(entries: list[schema.Programme], wordings: list[schema.Wording]) -> None:
    english = {wording.of: wording for wording in wordings}
    for entry in entries:
        names = {"name": entry.title, "short_name": entry.short_name}
        category, _created = Programme.objects.update_or_create(
            slug=entry.slug, locale=Locale.get_default(), defaults=names
        )
        if entry.slug in english:
            save_programme_name(category, english[entry.slug].applied_to(entry))
