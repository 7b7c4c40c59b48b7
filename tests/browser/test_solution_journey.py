"""The whole way of a solution, from an empty sheet to a sourcing report, each person in a browser of their own."""

import secrets
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from metropole.demo.members import COMPANY

from .test_account import NARROW, send
from .test_contribution_journey import agree, check, find, follow, review
from .test_journeys import tick

COMMUNE = "meudon"
EXAMPLE = "exemple-tri-des-signalements"
PLACE = "Roubaix"
REPORT = "https://example.org/hebergement.pdf"
BY_COMMUNE = "#filters [name=confirmed][value=commune]"
STEPS = (
    {"kind": "software", "status": "in_service", "maturity": "9"},
    {"problem_and_use": "On tourne en rond.", "lead_time": "Trois mois"},
    {"contains_ai": "False"},
    {},
    {},
    {"personal_data": "False"},
    {"hosting_zone": "france", "hosting_place": PLACE},
    {},
    {},
    {
        "price_model": "subscription",
        "prices-0-stratum": "under_20k",
        "prices-0-lowest": "960",
        "how_to_get_it": "Sur devis.",
    },
    {"evidence-0-field": "hosting_zone", "evidence-0-title": "Rapport", "evidence-0-place": REPORT},
)
"""What its publisher fills in after the first step: what it owes, a line of prices and one of evidence."""

SCRIPT = """
from metropole.organisations.models import Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory
make_person(email="moderator@DOMAIN", group="Moderators", language="LANGUAGE")
for name, slug in (("carrier", "COMPANY"), ("agent", "COMMUNE"), ("colleague", "COMMUNE")):
    person = make_person(email=f"{name}@DOMAIN", language="LANGUAGE")
    organisation = Organisation.objects.verified().get(slug=slug)
    MembershipFactory(person=person, organisation=organisation, contributes=True)
print(organisation.name)
"""


@pytest.fixture
def commune(run, domain, language) -> str:
    """Its name, once it has two agents, the example company somebody who contributes, and the site a moderator."""
    words = {"DOMAIN": domain, "LANGUAGE": language, "COMPANY": COMPANY, "COMMUNE": COMMUNE}
    script = SCRIPT
    for name, value in words.items():
        script = script.replace(name, value)
    return run(script).strip()


def fill_in(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        if page.locator(f"select[name={name}]").count():
            page.locator(f"select[name={name}]").select_option(value)
        else:
            page.locator(f"[name={name}]").fill(value)


def write_sheet(page: Page, title: str) -> None:
    """From the first step to the last, in their order."""
    page.locator("[name=kind][value=solution]").check()
    follow(page, "main form button")
    fill_in(page, {"title": title, "summary": "Compte les places libres."})
    page.locator("[name=themes]").first.check()
    follow(page, "[name=go_on]")
    for values in STEPS:
        fill_in(page, values)
        follow(page, "[name=go_on]")


def said(page: Page, words: str) -> Locator:
    """What a sheet says at its beginning, with how far it is backed."""
    return page.locator(".facts-main .facts > div", has_text=words)


def judge(page: Page, row: str, verdict: str) -> None:
    follow(page, f"main tbody tr{row} td a")
    page.locator(f"[name=verdict][value={verdict}]").check()
    send(page, reason="Le prix.")


def download(page: Page, kind: str) -> bytes:
    with page.expect_download() as download:
        page.locator(f"main a[href$='.{kind}']").click()
    return download.value.path().read_bytes()


def words_of(workbook: bytes) -> str:
    sheets = load_workbook(BytesIO(workbook)).worksheets
    return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row if value)


@pytest.mark.parametrize(
    ("language", "javascript"), [("fr", True), ("en", False)], ids=["french-with-javascript", "english-without"]
)
def test_a_solution_from_an_empty_sheet_to_a_sourcing_report(enter, open_page, at, seen, commune, language, javascript):
    title = f"Parcam {secrets.token_hex(4)}"
    catalogue = f"/{language}/catalogue/"

    carrier = enter("carrier", width=NARROW)
    carrier.goto(at("contributions:new"))
    write_sheet(carrier, title)
    check(carrier)
    send(carrier)
    agree(carrier)
    send(carrier)
    expect(carrier.locator(".messages")).to_be_visible()
    visitor = open_page(catalogue, width=NARROW, javascript=javascript)
    assert find(visitor, catalogue, title) == []

    moderator = enter("moderator")
    review(moderator, title)
    for words in (PLACE, REPORT):
        expect(moderator.locator("main")).to_contain_text(words)
    follow(moderator, "[value=approve]")
    assert find(visitor, catalogue, title) == [title]
    follow(visitor, "main .card h3 a")
    sheet = visitor.url
    expect(visitor.locator("#entry-prices")).to_contain_text("960")
    expect(visitor.locator("#entry-hosting_zone .level-evidenced")).to_be_visible()
    expect(said(visitor, PLACE).locator(".level-unverified")).to_be_visible()

    agent = enter("agent", width=NARROW)
    agent.goto(sheet)
    follow(agent, "#deployments > p a")
    seen(agent)
    agent.locator("[name=stage][value=in_use]").check()
    send(agent, started_on="2025-03-03", scope="Deux places")
    seen(agent)
    visitor.reload()
    expect(visitor.locator("#deployments tbody")).to_have_count(0)

    colleague = enter("colleague", width=NARROW)
    colleague.goto(at("deployments:mine"))
    seen(colleague)
    follow(colleague, "main .plain a", has_text=title)
    seen(colleague)
    follow(colleague, "[value=confirm]")
    visitor.reload()
    expect(visitor.locator("#deployments tbody th")).to_have_text(commune)
    assert find(visitor, catalogue, title) == [title]
    expect(visitor.locator(BY_COMMUNE)).to_have_count(0)

    agent.goto(sheet)
    follow(agent, "main a[href*='/solutions/']")
    seen(agent)
    with agent.expect_navigation():
        agent.locator("article", has_text=PLACE).locator("button").click()
    visitor.goto(sheet)
    seen(visitor)
    expect(said(visitor, PLACE).locator(".standing")).to_contain_text(commune)
    expect(said(visitor, PLACE).locator(".level-confirmed")).to_be_visible()

    find(visitor, catalogue, title)
    tick(visitor, "confirmed", "commune", javascript)
    expect(visitor.locator("main .card h3")).to_have_text([title])
    follow(visitor, "main .card h3 a")
    follow(visitor, "main .account-ways a[href*='solution=']")
    seen(visitor)
    visitor.locator(f"[value={EXAMPLE}]").check()
    follow(visitor, "main form.form button")
    seen(visitor)
    expect(visitor.locator("thead th")).to_have_count(2)
    expect(visitor.locator("tbody td .level-confirmed").first).to_be_visible()
    expect(visitor.locator("tbody td .unknown").first).to_be_visible()
    assert visitor.context.cookies() == []

    agent.goto(visitor.url)
    follow(agent, f"main .account-ways a[href^='{at('shortlists:new')}']")
    seen(agent)
    send(agent, title="Stationner", need="Ne plus tourner.", criteria="Le prix.")
    seen(agent)
    judge(agent, f":has-text('{title}')", "kept")
    seen(agent)
    judge(agent, f":not(:has-text('{title}'))", "left_out")
    follow(agent, "main a[href*='lock'], main a[href*='verrouiller']")
    seen(agent)
    send(agent)
    seen(agent)
    assert download(agent, "pdf").startswith(b"%PDF")
    report = words_of(download(agent, "xlsx"))
    for words in (title, PLACE, commune):
        assert words in report
