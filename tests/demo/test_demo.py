"""The demonstration is built from the facts, whole or not at all."""

import re
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metropole.accounts.models import User
from metropole.content.models import ContentPage
from metropole.core.datafiles import DataFileError
from metropole.demo.loading import DATA, load_demo
from metropole.organisations.loading import create_authorities
from metropole.taxonomy.loading import load_taxonomy
from metropole.territory.loading import load_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    """What the content is filed under."""
    load_territory()
    load_taxonomy()
    create_authorities()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.mark.one_database
@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("file", "pattern", "replacement", "message"),
    [
        ("solutions.yaml", r"(?m)^( *kind:).*$", r"\1 spaceship", r"solutions.yaml, line \d+: kind"),
        ("projects-fmin.yaml", r"antony\b(?=\])|(?<=- )antony$", "atlantis", r"projects-fmin.yaml, line \d+: .*atlan"),
        ("calls.yaml", r"(?m)^- ", "- surprise: 1\n  ", r"calls.yaml, line \d+: surprise"),
        ("english/calls.yaml", r"- of: \S+", "- of: nowhere", r"english/calls.yaml, line \d+: .*nowhere"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named_and_nothing_is_written(folder, file, pattern, replacement, message):
    path = folder / file
    spoilt, count = re.subn(pattern, replacement, path.read_text(), count=1, flags=re.MULTILINE)
    assert count == 1
    path.write_text(spoilt)
    with pytest.raises(DataFileError, match=message):
        load_demo(folder)
    assert not ContentPage.objects.exists()


@pytest.mark.one_database
@pytest.mark.usefixtures("ground")
def test_english_that_does_not_run_parallel_to_the_french_is_refused(folder):
    for path in folder.rglob("*.yaml"):
        if path.name != "pages.yaml":
            path.write_text("")
    english = folder / "english" / "pages.yaml"
    english.write_text(english.read_text().replace("</p>", "</p><p>One more.</p>", 1))
    with pytest.raises(DataFileError, match=r"english/pages.yaml, .* passages in the original"):
        load_demo(folder)
    assert not ContentPage.objects.exists()


def test_it_is_refused_outside_development(settings):
    settings.IS_DEMONSTRATION = False
    with pytest.raises(CommandError, match="development only"):
        call_command("demo", "--no-serve")
    assert not User.objects.exists()


def test_the_command_builds_everything_and_prints_an_account_for_each_role(settings, tmp_path, client):
    settings.IS_DEMONSTRATION = True
    settings.VAR = tmp_path
    output = StringIO()
    call_command("demo", "--no-serve", stdout=output)
    accounts = re.findall(r"(\S+@demo\.example\.org)\s+(\S+)", output.getvalue())
    assert len(accounts) == 7
    for email, password in accounts:
        assert client.login(username=email, password=password)
    assert client.get("/fr/recherche/?q=stationnement").status_code == 200
