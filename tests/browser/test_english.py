"""A reader of English goes from the front page to a sheet and a need, and is told what exists in French only."""

import pytest
from playwright.sync_api import expect

from .test_account import faults
from .test_journeys import BOTH_WAYS, tick, total


@BOTH_WAYS
def test_from_home_to_a_filtered_search_and_a_sheet(open_page, javascript):
    page = open_page("/en/", javascript=javascript)
    page.locator("main #q").fill("smart parking")
    page.locator("main #q").press("Enter")
    page.wait_for_url("**/en/search/?q=smart+parking")
    everywhere = total(page)
    tick(page, "theme", "mobilite-et-logistique", javascript)
    assert 0 < total(page) <= everywhere
    expect(page.locator("#filters")).to_contain_text("Mobility and urban logistics")
    page.get_by_role("link", name="Smart parking in Antony").click()
    page.wait_for_url("**/en/resources/antony-smart-parking/")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", level=1)).to_have_text("Smart parking in Antony")
    expect(page.locator("main")).to_contain_text("27 November 2018")
    expect(page.locator("main")).not_to_contain_text("not translated")
    assert page.locator("main [lang=fr]").count() == 0
    page.get_by_role("navigation", name="Language").get_by_role("link").click()
    page.wait_for_url("**/fr/ressources/antony-stationnement-intelligent/")
    page.get_by_role("navigation", name="Langue").get_by_role("link").click()
    page.wait_for_url("**/en/resources/antony-smart-parking/")


@BOTH_WAYS
def test_from_the_board_to_a_need(open_page, javascript):
    page = open_page("/en/adopt/", javascript=javascript)
    page.get_by_role("link", name="Greening a paved deck").click()
    page.wait_for_url("**/en/adopt/noisy-le-grand-vegetaliser-dalle-mont-d-est/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Greening a paved deck to make it bearable in hot weather"
    )
    expect(page.locator("main")).to_contain_text("Paris time")
    expect(page.locator("main")).to_contain_text("This need is an example")


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_in_french_only_comes_last_and_says_so(open_page, axe, width):
    page = open_page("/en/search/?type=kit&type=project&page=2", width=width)
    expect(page.locator("#results")).to_contain_text("Items in English come first.")
    expect(page.locator(".card").first.locator(".card-language")).to_have_count(0)
    card = page.locator(".card", has=page.locator(".card-language")).first
    expect(card.locator(".card-language")).to_have_text("In French")
    title = card.locator("h3")
    assert title.get_attribute("lang") == "fr"
    title.get_by_role("link").click()
    expect(page.locator("main .notice").first).to_have_text(
        "This page is not translated yet: here is the original, in French."
    )
    assert page.get_by_role("heading", level=1).get_attribute("lang") == "fr"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page, axe) == []


def test_the_keyboard_alone_changes_the_language(open_page):
    page = open_page("/fr/recherche/?q=parking")
    link = page.get_by_role("navigation", name="Langue").get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=parking")
