"""A third language is one line of settings: the site is read in it at once, in French where it is not translated."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

SWITCHER = re.compile(r'<nav class="languages".*?</nav>')


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """What a reader of Spanish gets, from a process that has a database of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ELASTICSEARCH_URL")},
        "DJANGO_SETTINGS_MODULE": "tests.third_locale",
        "VAR_DIR": str(tmp_path_factory.mktemp("third-locale")),
    }
    process = subprocess.run(
        [sys.executable, "-m", "tests.third_locale_steps"],
        cwd=settings.ROOT, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr[-3000:]
    return json.loads(process.stdout.splitlines()[-1])


@pytest.fixture
def read(site):
    def read(name: str) -> str:
        answer = site["answers"][name]
        assert answer["status"] == 200, name
        return answer["page"]

    return read


def test_the_front_door_leads_there(site):
    assert site["answers"]["front door"]["location"] == "/es/"


@pytest.mark.parametrize(
    "name", ["home", "search", "nothing", "section", "sheet", "territory", "theme", "themes", "map", "need", "site map"]
)
def test_every_kind_of_page_is_read_in_it(read, site, name):
    page = read(name)
    assert '<html lang="es"' in page
    links = SWITCHER.search(page)[0]
    assert re.findall(r'<(?:a|span)[^>]* lang="(\w+)"', links) == ["fr", "en", "es"]
    assert 'href="/es/ressources/"' in page


def test_what_is_not_translated_is_shown_in_french_and_marked_as_such(read):
    assert '<h1 lang="fr">Des capteurs</h1>' in read("sheet")
    assert 'rel="canonical" href="http://testserver/fr/ressources/capteurs/"' in read("sheet")
    assert "hreflang" not in re.sub(SWITCHER, "", read("sheet"))


def test_a_french_page_leads_to_itself_in_each_language_and_says_that_it_is_not_translated(read):
    links = dict(re.findall(r'<a href="(\S+)" hreflang="(\w+)"', SWITCHER.search(read("french sheet"))[0]))
    assert links == {"/en/resources/capteurs/": "en", "/es/ressources/capteurs/": "es"}


def test_the_words_of_a_french_sheet_find_it(read):
    assert re.search(r'<h3 lang="fr"><a href="/es/ressources/capteurs/">Des <mark>capteurs</mark>', read("search"))
    assert json.loads(read("api"))["count"] == 1
    for name in ("feed", "export"):
        assert "Des capteurs" in read(name)


def test_search_engines_are_told_of_it(read):
    assert "/sitemap-es.xml</loc>" in read("sitemaps")
    named = re.findall(r"<loc>http://testserver(\S+?)</loc>", read("sitemap"))
    assert all(path.startswith("/es/") for path in named)
    assert not [path for path in named if "capteurs" in path or path == "/es/" or "ombre" in path]
    assert re.search(r'hreflang="es" href="http://testserver/es/', read("territory"))
    assert re.search(r'hreflang="x-default" href="http://testserver/fr/', read("territory"))


def test_what_is_not_found_says_so_in_it(site):
    assert site["answers"]["unknown"]["status"] == 404
    assert '<html lang="es"' in site["answers"]["unknown"]["page"]


def test_editors_find_it_among_the_languages(read):
    assert "Español" in read("admin")
