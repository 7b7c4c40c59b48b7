"""Only the front door chooses a language for the reader; every other address says its own."""

import pytest

from metropole.demo.frame import build_frame

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de,en;q=0.5,fr;q=0.4", "en"),
        ("fr-CA,en;q=0.5", "fr"),
        ("de,ja;q=0.5", "fr"),
        ("*", "fr"),
        ("de,*;q=0.5,en;q=0.1", "fr"),
        ("no such; header,,;;q=x", "fr"),
        ("e" * 5000, "fr"),
    ],
)
def test_the_front_door_leads_to_the_language_that_the_browser_prefers(client, asked, language):
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response.url) == (302, f"/{language}/")
    assert "Accept-Language" in response.headers["Vary"]
    assert not response.cookies


def test_no_cookie_chooses_the_language(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/fr/"


@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/nowhere", "/search/", "/recherche/", "/api/", "/api/v1/nowhere", "/api/v2/search", "/es/", "/fr-x/",
     "/documents/1/nothing.pdf", "/admin.php"],
)  # fmt: skip
def test_an_unknown_address_without_a_language_is_not_found_in_french_whatever_the_browser_prefers(client, path):
    build_frame()
    response = client.get(path, headers={"accept-language": "en"})
    assert response.status_code == 404
    assert response.headers["Content-Language"] == "fr"
    page = response.content.decode()
    assert '<html lang="fr"' in page
    assert 'href="/fr/">Page d’accueil' in page


@pytest.mark.parametrize(("language", "title"), [("fr", "Page introuvable"), ("en", "Page not found")])
def test_an_unknown_address_is_not_found_in_its_own_language(client, language, title):
    response = client.get(f"/{language}/nowhere/", headers={"accept-language": "en,fr;q=0.5"})
    assert response.status_code == 404
    assert response.headers["Content-Language"] == language
    assert f"<h1>{title}</h1>" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/api/v1/search", "/healthz", "/fr/", "/en/", "/fr/recherche/"]
)
def test_the_browser_s_language_leads_nobody_elsewhere(client, path):
    build_frame()
    answers = [client.get(path, headers={"accept-language": code}) for code in ("fr", "en")]
    assert len({(answer.status_code, answer.headers.get("Location")) for answer in answers}) == 1


def test_the_api_answers_what_it_does_not_find_as_json(client):
    response = client.get("/api/v1/search?page=99", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("application/json")
