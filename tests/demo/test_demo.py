"""The demonstration is built from the facts, whole or not at all."""

import re
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from catalogue.models import SolutionPage
from metropole.accounts.models import User
from metropole.board.models import Need, NeedText
from metropole.content.models import ContentPage
from metropole.core.datafiles import DataFileError
from metropole.core.models import HomePage, StandardPage
from metropole.demo.loading import DATA, load_demo
from metropole.organisations.loading import create_authorities
from metropole.taxonomy.loading import load_taxonomy
from metropole.territory.loading import load_territory
from resources.models import ArticlePage, CallPage, KitPage, ProgrammePage, ProjectPage

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


def french(model):
    return model.objects.live().filter(locale__language_code="fr")


def texts_of_needs() -> set[tuple]:
    return set(NeedText.objects.values_list("pk", "need", "locale", *NeedText.word_fields))


@pytest.mark.usefixtures("ground")
def test_the_content_that_was_promised_is_there():
    load_demo()
    projects = french(ProjectPage)
    assert projects.filter(programme__slug="fmin").count() == 23
    assert projects.filter(programme__slug="reseau-des-explorateurs").count() == 26
    assert projects.filter(programme__slug="quartiers-metropolitains-innovation").count() == 4
    assert projects.count() == 70
    assert french(ProgrammePage).count() == 11
    assert french(SolutionPage).count() == 12
    assert french(CallPage).count() == 2
    assert french(KitPage).count() >= 4
    assert french(ArticlePage).count() >= 4
    assert Need.objects.published().filter(is_example=True).count() >= 6
    assert not Need.objects.exclude(is_example=True).exists()


@pytest.mark.usefixtures("ground")
def test_all_the_actions_of_both_roadmaps_are_published():
    load_demo()
    rows = {
        page.slug: [row for block in page.body if block.block_type == "table" for row in block.value["rows"]]
        for page in french(ArticlePage).filter(slug__in=["feuille-de-route-sman", "strategie-ia-neuf-actions"])
    }
    assert len(rows["feuille-de-route-sman"]) == 23
    assert len(rows["strategie-ia-neuf-actions"]) == 9


@pytest.mark.usefixtures("ground")
def test_building_it_twice_changes_nothing():
    load_demo()
    before = {page.pk: page.latest_revision_id for page in ContentPage.objects.all()}
    dates = dict(Need.objects.values_list("slug", "closes_at"))
    words = texts_of_needs()
    load_demo()
    assert {page.pk: page.latest_revision_id for page in ContentPage.objects.all()} == before
    assert dict(Need.objects.values_list("slug", "closes_at")) == dates
    assert texts_of_needs() == words


@pytest.mark.usefixtures("ground")
def test_the_frame_of_the_site_is_in_both_languages():
    load_demo()
    assert {home.locale.language_code for home in HomePage.objects.live()} == {"fr", "en"}
    originals = french(StandardPage)
    assert originals.exists()
    for page in originals:
        assert page.get_translations().live().filter(locale__language_code="en").exists()


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("file", "pattern", "replacement", "message"),
    [
        ("solutions.yaml", r"(?m)^( *kind:).*$", r"\1 spaceship", r"solutions.yaml, line \d+: kind"),
        ("projects-fmin.yaml", r"antony\b(?=\])|(?<=- )antony$", "atlantis", r"projects-fmin.yaml, line \d+: .*atlan"),
        ("calls.yaml", r"(?m)^- ", "- surprise: 1\n  ", r"calls.yaml, line \d+: surprise"),
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
    assert not HomePage.objects.exists()


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
    assert len(accounts) == 6
    for email, password in accounts:
        assert client.login(username=email, password=password)
    assert client.get("/fr/recherche/?q=stationnement").status_code == 200


def test_every_page_of_a_demonstration_says_so(settings, client):
    settings.IS_DEMONSTRATION = True
    load_territory()
    load_taxonomy()
    create_authorities()
    load_demo()
    assert "Site de démonstration" in client.get("/fr/").content.decode()
    settings.IS_DEMONSTRATION = False
    assert "Site de démonstration" not in client.get("/fr/").content.decode()
