"""What a new visitor does, in both languages, wide and narrow, with and without JavaScript."""

import csv
import io

import pytest
from defusedxml import ElementTree
from playwright.sync_api import expect

ATOM = "{http://www.w3.org/2005/Atom}"
BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
BOTH_LANGUAGES = pytest.mark.parametrize(("language", "search"), [("fr", "/fr/recherche/"), ("en", "/en/search/")])


def tick(page, facet: str, value: str, javascript: bool) -> None:
    """Ticks a value of a facet, opening what hides it; without JavaScript, asks for the results."""
    box = page.locator(f'#filters input[name="{facet}"][value="{value}"]')
    for details in box.locator("xpath=ancestor::details").all():
        if details.evaluate(
            "element => !element.open && getComputedStyle(element.querySelector('summary')).display !== 'none'"
        ):
            details.locator("xpath=./summary").click()
    box.check()
    if not javascript:
        page.locator("#filters button[type=submit]").last.click()
    page.wait_for_url(f"**{facet}={value}**")
    page.wait_for_load_state("networkidle")


def total(page) -> int:
    return int(page.locator("#count strong").inner_text().replace("\u202f", "").replace("\xa0", ""))


@BOTH_WAYS
@BOTH_LANGUAGES
@pytest.mark.parametrize("width", [1280, 320])
def test_projects_about_parking_in_t4_are_found_from_the_front_page(open_page, javascript, language, search, width):
    page = open_page(f"/{language}/", width=width, javascript=javascript)
    page.locator("main #q").fill("stationnement")
    page.locator("main #q").press("Enter")
    page.wait_for_url(f"**{search}?q=stationnement")
    everywhere = total(page)
    tick(page, "type", "project", javascript)
    tick(page, "territory", "paris-ouest-la-defense", javascript)
    assert 0 < total(page) < everywhere
    assert page.locator(".card", has_text="Smart parking").count() == 1
    assert "stationnement" in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@BOTH_WAYS
def test_two_themes_and_one_territory_add_up_and_combine(open_page, javascript):
    page = open_page("/fr/recherche/", javascript=javascript)
    tick(page, "theme", "inclusive", javascript)
    first = total(page)
    tick(page, "theme", "agile", javascript)
    both = total(page)
    assert both > first
    tick(page, "territory", "paris-est-marne-et-bois", javascript)
    assert 0 < total(page) < both
    assert page.locator(".chips li").count() == 4
    page.locator(".chips a").nth(2).click()
    page.wait_for_url(lambda url: "paris-est-marne-et-bois" not in url)
    page.wait_for_load_state("networkidle")
    assert total(page) == both


def test_a_count_beside_a_value_is_what_ticking_it_yields(open_page):
    page = open_page("/fr/recherche/?type=project")
    label = page.locator('#filters label:has(input[name="theme"][value="agile"])')
    promised = int(label.locator("b").inner_text())
    tick(page, "theme", "agile", True)
    assert total(page) == promised


@BOTH_WAYS
def test_a_commune_is_opened_from_the_map(open_page, javascript):
    page = open_page("/fr/", javascript=javascript)
    link = page.locator('.map svg a[href="/fr/territoires/vincennes/"]')
    assert "Vincennes" in link.get_attribute("aria-label")
    link.locator("path").click()
    page.wait_for_url("**/fr/territoires/vincennes/")
    assert page.locator("h1").inner_text() == "Vincennes"
    assert total(page) >= 3


@BOTH_WAYS
def test_a_typing_mistake_is_forgiven_and_said_with_a_way_back(open_page, javascript):
    page = open_page("/fr/recherche/?q=chatbto", javascript=javascript)
    assert "chatbot" in page.locator(".notice").first.inner_text()
    assert "Rosny-sous-Bois" in page.locator(".cards").inner_text()
    page.locator(".notice a").first.click()
    page.wait_for_url("**exact=1**")
    page.wait_for_load_state("networkidle")
    assert total(page) == 0


def test_the_results_are_exported_as_a_table(open_page):
    page = open_page("/fr/recherche/?q=stationnement&type=project")
    with page.expect_download() as download:
        page.locator('.takeaway a[href*="export.csv"]').click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(rows) == total(page) + 1


def test_the_results_are_followed_as_a_feed(open_page):
    page = open_page("/fr/recherche/?q=stationnement&type=project")
    address = page.locator('.takeaway a[href*="flux.atom"]').get_attribute("href")
    feed = ElementTree.fromstring(page.request.get(address).body())
    assert len(feed.findall(f"{ATOM}entry")) == total(page)


def test_an_impossible_filter_says_what_to_lift_and_how_much_that_frees(open_page):
    page = open_page("/fr/recherche/?q=stationnement&territory=sevres")
    assert total(page) == 0
    way_out = page.locator(".relaxations li").first
    promised = int("".join(filter(str.isdigit, way_out.locator("b").inner_text())))
    way_out.locator("a").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.querySelector('.cards')")
    assert total(page) == promised > 0


def test_with_javascript_results_change_in_place_with_focus_address_and_announcement(open_page):
    page = open_page("/fr/recherche/")
    page.evaluate("window.sameDocument = true")
    before = total(page)
    tick(page, "type", "project", True)
    assert page.evaluate("window.sameDocument")
    assert page.evaluate("document.activeElement.value") == "project"
    assert page.locator("#count").get_attribute("role") == "status"
    assert total(page) < before
    page.go_back()
    page.wait_for_url("**/fr/recherche/")
    expect(page.locator("#count strong")).to_have_text(str(before))


def test_the_keyboard_alone_searches_filters_and_opens_a_result(open_page):
    page = open_page("/fr/recherche/")
    page.locator("#q").focus()
    page.keyboard.type("fablab")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=fablab**")
    page.wait_for_load_state("networkidle")
    box = page.locator('#filters input[name="type"][value="project"]')
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**type=project**")
    page.wait_for_load_state("networkidle")
    page.locator(".card a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/ressources/**")
    assert page.locator("h1").count() == 1


def test_the_skip_links_come_first_and_lead_to_the_content(open_page):
    page = open_page("/fr/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("path", ["/fr/ressources/", "/fr/catalogue/", "/fr/jadopte/"])
def test_a_section_lists_its_own_kinds_of_content_alone(open_page, path):
    page = open_page(path)
    kinds = {box.get_attribute("value") for box in page.locator('#filters input[name="type"]').all()}
    expected = {"/fr/catalogue/": set(), "/fr/jadopte/": set()}.get(path)
    assert kinds == expected if expected is not None else {"solution", "need", "organisation"}.isdisjoint(kinds)
    assert total(page) > 0


def test_an_open_need_says_when_it_closes_and_that_it_is_an_example(open_page):
    page = open_page("/fr/jadopte/?status=open&q=exemple")
    page.locator(".card:has(.badge-example) a").first.click()
    page.wait_for_url("**/fr/jadopte/**")
    assert page.locator(".badge-example").count() >= 1
    assert "heure de Paris" in page.locator(".period").inner_text()


def test_the_switcher_keeps_the_search(open_page):
    page = open_page("/fr/recherche/?q=stationnement&type=project")
    found = total(page)
    page.locator('.languages a[lang="en"]').click()
    page.wait_for_url("**/en/search/?q=stationnement&type=project")
    assert page.locator("html").get_attribute("lang") == "en"
    assert total(page) == found
