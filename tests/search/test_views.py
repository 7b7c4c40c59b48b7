"""What a browser, a spreadsheet, a feed reader and a program receive. No template is looked into here."""

import csv
import datetime
import json
from io import StringIO

import pytest
from defusedxml import ElementTree
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropole.search.documents import Version
from metropole.search.export import neutralised

from .samples import document

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _no_template(monkeypatch):
    def render(request, template, context):
        return HttpResponse(f"{template}\n{context['listing'].heading}")

    monkeypatch.setattr("metropole.search.views.render", render)


def address(name, language="fr"):
    with translation.override(language):
        return reverse(f"search:{name}")


@pytest.fixture
def path():
    return address("search")


def test_each_language_has_its_addresses():
    for name in ("search", "export", "feed"):
        assert address(name, "en").startswith("/en/search/")
        assert address(name, "fr").startswith("/fr/")


def test_htmx_receives_only_what_changes_and_the_canonical_address(client, path, fill):
    fill(document(1))
    whole = client.get(path)
    part = client.get(path, {"q": "", "sort": "newest", "type": "project"}, headers={"HX-Request": "true"})
    assert whole.content.startswith(b"search/search.html")
    assert part.content.startswith(b"search/_results.html")
    assert part.headers["HX-Push-Url"] == f"{path}?type=project"
    assert all("HX-Request" in response.headers["Vary"] for response in (whole, part))


def test_going_back_in_history_receives_the_whole_page(client, path, fill):
    fill(document(1))
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert client.get(path, headers=headers).content.startswith(b"search/search.html")


@pytest.mark.parametrize("name", ["search", "export", "feed"])
def test_searching_sets_no_cookie_and_asks_the_database_nothing(client, fill, name, django_assert_num_queries):
    fill(document(1, "Vélo"))
    with django_assert_num_queries(0):
        response = client.get(address(name), {"q": "vélo"})
    assert response.status_code == 200
    assert not response.cookies


ODD = [
    "x" * 10_000,
    "\x00",
    "mot " * 5000,
    "😀",
    '"',
    '"a',
    "a OR (b",
    "' OR 1=1 --",
    "10" * 500,
    "-1",
    "\ufffe",
    "%00",
    "*",
    "[a TO b]",
]


@pytest.mark.parametrize("value", ODD)
def test_bad_input_is_never_an_error_of_ours(client, path, fill, value):
    fill(document(1, "Vélo"))
    names = ["q", "type", "territory", "wider", "status", "year", "tag", "sort", "page", "exact", "nothing"]
    for name in names:
        for where in (path, address("export"), address("feed"), "/api/v1/search"):
            assert client.get(where, {name: [value, value]}).status_code in (200, 404), (name, where)
    assert client.get("/api/v1/suggest", {"q": value}).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_words_get_an_answer(client, path, text):
    assert client.get(path, {"q": text}).status_code == 200


@pytest.mark.parametrize("page", ["2", "1000000000", "9" * 400])
def test_a_page_beyond_the_last_is_not_found(client, path, fill, page):
    fill(document(1))
    assert client.get(path, {"page": page}).status_code == 404
    assert client.get("/api/v1/search", {"page": page}).status_code == 404


def test_the_export_opens_in_a_spreadsheet_and_runs_nothing(client, fill):
    fill(document(1, "=HYPERLINK(1)", summary='dit "oui"; non\n-ligne'), document(2, "Vélo", organisations=("@ville",)))
    response = client.get(address("export"))
    text = response.content.decode()
    assert text.startswith("\ufeff")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(StringIO(text[1:]), delimiter=";"))
    cells = {cell for row in rows for cell in row}
    assert {"'=HYPERLINK(1)", "'@ville", 'dit "oui"; non\n-ligne'} <= cells
    assert rows[1][-1].startswith("http://testserver/fr/contenu-")
    assert csv.DictReader(StringIO(client.get(address("export", "en")).content.decode())).fieldnames[1] != ""


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(text):
    assert not neutralised(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert neutralised(text).removeprefix("'") == text.removeprefix("'")


def test_the_export_holds_every_result_beyond_a_page(client, fill):
    fill(*map(document, range(1203)))
    assert len(client.get(address("export")).content.decode().splitlines()) == 1204


def test_the_feed_is_atom_with_the_newest_first(client, fill):
    fill(
        document(1, "Ancien & <b>", date=datetime.date(2020, 1, 1)),
        document(2, "Neuf", date=datetime.date(2026, 1, 1)),
        document(3),
    )
    response = client.get(address("feed"), {"sort": "title", "type": "project"})
    feed = ElementTree.fromstring(response.content)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert feed.tag == f"{ATOM}feed"
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Neuf", "Ancien & <b>", "Contenu 3"]
    for holder in (feed, *feed.iter(f"{ATOM}entry")):
        assert all(holder.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].startswith("http://testserver/fr/")
    assert links["alternate"].endswith("?type=project")


def test_the_api_answers_as_its_description_says(client, fill):
    fill(
        document(1, "Le vélo", summary="Un <b> vélo", facets={"theme": ("velo",), "territory": ("montreuil",)}),
        document(2, "Bus"),
    )
    answer = client.get("/api/v1/search", {"q": "velo", "lang_ui": "fr"}).json()
    assert set(answer) == {"count", "page", "page_size", "results", "facets", "engine"}
    assert (answer["count"], answer["page"], answer["page_size"], answer["engine"]) == (1, 1, 20, "embedded")
    (result,) = answer["results"]
    assert result == {
        "id": "tests.content:1",
        "type": "project",
        "title": "Le vélo",
        "url": "http://testserver/fr/contenu-1/",
        "language": "fr",
        "summary": "Un <b> vélo",
        "highlight": "Un &lt;b&gt; <mark>vélo</mark>",
        "territories": [{"value": "montreuil", "label": "Montreuil"}],
        "themes": [{"value": "velo", "label": "Vélo"}],
        "date": None,
    }
    (theme,) = answer["facets"]["theme"]
    assert theme == {
        "value": "mobilite",
        "label": "Mobilité",
        "count": 1,
        "selected": False,
        "children": [{"value": "velo", "label": "Vélo", "count": 1, "selected": False, "children": []}],
    }


@pytest.fixture
def _two_languages(fill):
    """An old content in both languages, and a newer one in French alone."""
    english = Version("Parking sensors", "/en/content-1/", "A summary.")
    old = document(1, "Capteurs", versions={"en": english}, date=datetime.date(2020, 1, 1))
    fill(old, document(2, "Parking neuf", date=datetime.date(2026, 1, 1)))


@pytest.mark.usefixtures("_two_languages")
def test_the_api_and_the_export_give_first_what_is_in_the_readers_language_and_in_that_language(client):
    for language, expected in [
        ("fr", [("Parking neuf", "fr"), ("Capteurs", "fr")]),
        ("en", [("Parking sensors", "en"), ("Parking neuf", "fr")]),
    ]:
        results = client.get("/api/v1/search", {"lang_ui": language}).json()["results"]
        assert [(result["title"], result["language"]) for result in results] == expected
        text = client.get(address("export", language)).content.decode()
        rows = list(csv.reader(StringIO(text), delimiter={"fr": ";", "en": ","}[language]))[1:]
        assert [(row[0], row[-2]) for row in rows] == expected
    assert results[0]["url"] == "http://testserver/en/content-1/"
    assert (
        client.get("/api/v1/search", {"lang_ui": "xx"}, headers={"Accept-Language": "en-GB"}).json()["results"]
        == results
    )


@pytest.mark.usefixtures("_two_languages")
def test_the_feed_is_strictly_newest_first_in_the_readers_language(client):
    feed = ElementTree.fromstring(client.get(address("feed", "en")).content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Parking neuf", "Parking sensors"]


def test_the_api_suggests(client, fill):
    fill(document(1, "Chatbot métropolitain"))
    assert client.get("/api/v1/suggest", {"q": "metro"}).json()["completions"] == ["métropolitain"]
    assert client.get("/api/v1/suggest", {"q": "chatbto"}).json()["corrections"] == ["chatbot"]


def test_the_api_describes_every_parameter(client):
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    names = {parameter["name"] for parameter in described["paths"]["/api/v1/search"]["get"]["parameters"]}
    facets = {"type", "theme", "territory", "programme", "status", "ai", "maturity", "tag", "year", "lang"}
    facets |= {"kind", "technique", "ai_act", "hosting", "licence", "price", "deployed", "evaluation", "confirmed"}
    facets |= {"fresh"}
    assert names == {"q", "wider", "sort", "page", "exact", "lang_ui"} | facets


def test_the_interface_reads_and_writes_nothing_by_other_methods(client, path):
    assert client.post(path).status_code == 405
    assert client.post("/api/v1/search").status_code == 405
