"""What must stay true of the project as a whole."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from metropole.core.fields import StreamField

ROOT = Path(settings.ROOT)
OUR_LABELS = {
    app.label
    for app in apps.get_app_configs()
    if app.name.startswith("metropole.") or app.name in ("catalogue", "resources")
}
TEMPLATE_REFERENCE = re.compile(r"""["']([\w/-]+\.(?:html|xml|txt))["']""")
CATALOGUE = ROOT / "site/metropole/locale/fr/LC_MESSAGES/django.po"


def tracked(*patterns: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).exists()]


def test_the_source_root_shares_its_name_with_the_standard_library_so_holds_no_module_itself():
    assert not list((ROOT / "site").glob("*.py"))


def test_our_catalogue_is_the_one_imported_and_not_the_package_of_that_name():
    assert Path(find_spec("catalogue").origin).parent == ROOT / "catalogue"


def test_every_template_is_used_by_the_code_or_by_another_template():
    sources = "\n".join(path.read_text() for path in tracked("*.py", "*.html") if "tests" not in path.parts)
    used = set(TEMPLATE_REFERENCE.findall(sources)) | {"403.html", "404.html", "500.html"}
    templates = {str(path.relative_to(ROOT / "templates")) for path in tracked("templates/*") if path.suffix == ".html"}
    assert templates - used - conventional_page_templates() - overriding_templates() == set()


def conventional_page_templates() -> set[str]:
    """Templates that Wagtail finds by the name of the page's class."""
    return {model.template for model in apps.get_models() if hasattr(model, "template") and hasattr(model, "serve")}


def overriding_templates() -> set[str]:
    """Templates that a library renders: ours stand in the place of its own."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.label not in OUR_LABELS]
    return {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")}


def test_every_page_type_has_its_template():
    missing = [
        model.template
        for model in apps.get_models()
        if model._meta.app_label in OUR_LABELS
        and hasattr(model, "serve")
        and not (ROOT / "templates" / model.template).exists()
    ]
    assert missing == []


def test_our_stream_fields_keep_their_blocks_out_of_the_migrations():
    fields = [
        field for label in OUR_LABELS for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields() if isinstance(field, StreamField)
    ]  # fmt: skip
    assert fields
    assert all(field.deconstruct()[2] == [[]] and "block_lookup" not in field.deconstruct()[3] for field in fields)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_no_look_of_the_state_is_borrowed():
    # The State's design system is reserved to the State (README of GouvernementFR/dsfr).
    looks = [
        path for path in tracked("templates/*", "site/metropole/static/*") if path.suffix in {".html", ".css", ".js"}
    ]
    assert [path.name for path in looks if re.search(r"\bfr-[a-z]|dsfr|Marianne", path.read_text())] == []


def test_nothing_is_left_behind_in_the_code():
    marks = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
    own = Path(__file__)
    assert [
        path.name
        for path in tracked("*.py", "*.html", "*.css", "*.js")
        if path != own and "vendor" not in path.parts and marks.search(path.read_text())
    ] == []


def test_french_is_complete():
    catalogue = polib.pofile(str(CATALOGUE))
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
    assert not list(catalogue.obsolete_entries())


def test_the_compiled_catalogue_says_what_the_source_says():
    source = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(e.msgid, e.msgstr, str(e.msgstr_plural)) for e in compiled} == {
        (e.msgid, e.msgstr, str(e.msgstr_plural)) for e in source if e.translated()
    }


def test_every_string_of_the_code_is_in_the_catalogue(tmp_path):
    if shutil.which("xgettext") is None:
        assert not os.environ.get("CI"), "CI must have gettext"
        pytest.skip("gettext is not installed: apt install gettext")
    before = CATALOGUE.read_bytes()
    try:
        call_command(
            "makemessages",
            locale=["fr"],
            no_location=True,
            no_obsolete=False,
            stdout=StringIO(),
            ignore_patterns=["tests/*", "var/*", ".venv/*"],
        )
        after = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    finally:
        CATALOGUE.write_bytes(before)
    assert after == {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
