"""The whole way of a need, from its first words to what was learnt of it, each person in a browser of their own."""

import re
import secrets
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from metropole.demo.members import COMPANY
from tests.contributions.hostile import pdf

from .test_account import NARROW, send
from .test_contribution_journey import agree, check, find, follow, review
from .test_moderation import run
from .test_solution_journey import download, fill_in

WIDE = 1280
COMMUNES = {"fr": ("nanterre", "rueil-malmaison"), "en": ("montreuil", "bagnolet")}
"""Who leads and who joins: others in each language, as the values of one authority's needs are added up."""
SHEET = "exemple-tri-des-signalements"
THRESHOLD = {"fr": re.compile(r"60\s000"), "en": re.compile("60,000")}
STORIES = pytest.mark.parametrize(
    ("language", "javascript", "width"),
    [("fr", True, NARROW), ("en", False, WIDE)],
    ids=["french-with-javascript-narrow", "english-without-wide"],
)
STATEMENT = "Je n’ai aucun intérêt dans une entreprise qui aurait répondu."

PEOPLE = """
from metropole.organisations.models import Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory
def member(name, slug, **rights):
    person = make_person(email=f"{name}@DOMAIN", first_name="Ada", last_name="LAST-" + name, language="LANGUAGE")
    organisation = Organisation.objects.verified().get(slug=slug)
    return MembershipFactory(person=person, organisation=organisation, **rights)
make_person(email="moderator@DOMAIN", group="Moderators", language="LANGUAGE")
lead = member("agent", "LEAD", contributes=True).organisation
member("colleague", "LEAD", contributes=True)
joined = member("partner", "JOINED", contributes=True, engages=True).organisation
company = member("company", "COMPANY", deposits=True, contributes=True).organisation
print(lead.name, joined.name, company.name, sep="\\n")
"""

NEED = """
from metropole.board.lifecycle.effects import digest
from metropole.board.models import CoCarrier
from metropole.taxonomy.models import Theme
from tests.board.sharing.conftest import JOINS
from tests.factories import NeedFactory
from tests.factories.needs import working_hour
"""

CLOSING = """
from django.utils import timezone
from metropole.board.lifecycle.effects import digest
from metropole.board.models import Need
need = Need.objects.get(slug="SLUG")
need.closes_at = need.questions_close_at = need.answers_due_at = timezone.now()
need.digest = digest(need)
need.save()
"""


@pytest.fixture
def names(environment, site_url, domain, language) -> tuple[str, str, str]:
    """Of two communes with their agents, and of a company with somebody who deposits for it."""
    lead, joined = COMMUNES[language]
    words = {"DOMAIN": domain, "LANGUAGE": language, "LEAD": lead, "JOINED": joined, "COMPANY": COMPANY}
    return tuple(run(environment, _with(PEOPLE, **words)).splitlines()[-3:])


def _with(script: str, **words: str) -> str:
    for name, value in words.items():
        script = script.replace(name, value)
    return script


@STORIES
def test_two_communes_share_a_need_below_the_threshold(enter, open_page, at, seen, names, language, javascript, width):
    lead, joined, _company = names
    token = secrets.token_hex(4)
    title = f"Ombre sur une place minérale {token}"

    agent = enter("agent", width=width)
    agent.goto(at("board:mine"))
    follow(agent, "main a.button")
    seen(agent)
    send(agent)
    fill_in(agent, {"title": title, "summary": "La place est trop chaude en été.",
                    "problem": "Personne ne s’y arrête.", "expected_result": "Cinq degrés de moins à midi."})  # fmt: skip
    agent.locator("[name=themes]").first.check()
    seen(agent)
    follow(agent, "[name=go_on]")
    expect(agent.locator("main form li .help").first).to_be_visible()
    agent.locator("main form li input").first.fill("Trop petit pour nous.")
    seen(agent)
    follow(agent, "main form.form button")
    fill_in(agent, {"essential_criteria": "Résiste au vent", "success_criteria": "La température mesurée."})
    seen(agent)
    follow(agent, "[name=go_on]")
    write_purchase(agent, weights=("60", "39"))
    follow(agent, "[name=go_on]")
    refused = agent.locator(".field", has=agent.locator("#id_weightings"))
    expect(refused.locator(".errorlist")).to_contain_text("99")
    expect(agent.locator("[name=weightings-1-weight]")).to_have_value("39")
    expect(agent.locator("[name=value_high]")).to_have_value("30 000 €")
    seen(agent)
    fill_in(agent, {"weightings-1-weight": "40"})
    follow(agent, "[name=go_on]")
    seen(agent)
    follow(agent, "[name=go_on]")
    seen(agent)
    follow(agent, "main .account-ways a")
    seen(agent)
    send(agent)
    agree(agent)
    send(agent)
    expect(agent.locator(".messages")).to_be_visible()
    seen(agent)
    manage = agent.url

    moderator = enter("moderator")
    review(moderator, title)
    follow(moderator, "[value=publish]")
    expect(moderator.locator(".messages")).to_be_visible()
    search = at("search:search")
    visitor = open_page(search, width=width, javascript=javascript)
    assert find(visitor, search, token) == [title]
    follow(visitor, "main .card h3 a")
    need = visitor.url
    expect(visitor.locator("#carriers li")).to_have_count(1)
    seen(visitor)

    partner = enter("partner", width=width)
    partner.goto(need)
    follow(partner, "#interests li a")
    seen(partner)
    send(partner, scope="Deux places")
    visitor.reload()
    expect(visitor.locator("#interests tbody th")).to_have_text(joined)

    ask_to_carry(partner, need, "40 000", seen)
    agent.goto(manage)
    answer_request(agent, seen)
    expect(agent.locator("[role=alert], .messages")).to_contain_text(THRESHOLD[language])
    seen(agent)
    visitor.reload()
    expect(visitor.locator("#carriers li")).to_have_count(1)

    partner.goto(at("sharing:shared"))
    follow(partner, "main form button.link")
    ask_to_carry(partner, need, "25 000", seen)
    agent.goto(manage)
    answer_request(agent, seen)
    seen(agent)
    visitor.reload()
    expect(visitor.locator("#carriers li")).to_have_text([re.compile(lead), joined])
    expect(visitor.locator("#interests")).not_to_contain_text(joined)
    expect(visitor.locator("#history")).to_contain_text(joined)
    seen(visitor)
    partner.goto(manage)
    expect(partner.locator("h1")).to_contain_text(title)
    seen(partner)
    assert visitor.context.cookies() == []


def write_purchase(page: Page, weights: tuple[str, str]) -> None:
    for name, value in (("mode", "direct"), ("purchase_kind", "supplies")):
        page.locator(f"[name={name}][value={value}]").check()
    fill_in(page, {"value_low": "20 000", "value_high": "30 000 €"})
    for number, (criterion, weight) in enumerate(zip(("Prix", "Qualité"), weights, strict=True)):
        fill_in(page, {f"weightings-{number}-criterion": criterion, f"weightings-{number}-weight": weight})
    page.locator("[name=no_early_contacts]").check()


def ask_to_carry(page: Page, need: str, most: str, seen) -> None:
    page.goto(need)
    follow(page, "#carriers p a")
    seen(page)
    send(page, value_low="10 000", value_high=most, reason="La même place chez nous.")
    seen(page)


def answer_request(page: Page, seen) -> None:
    """From the need's own screen, through the list of who carries it."""
    follow(page, "main a[href$='/carriers/'], main a[href$='/porteurs/']")
    seen(page)
    follow(page, "main li a[href*='request'], main li a[href*='demandes']")
    seen(page)
    follow(page, "[value=accept]")
