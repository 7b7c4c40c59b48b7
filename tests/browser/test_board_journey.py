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
WORDS = {
    "summary": "La place est trop chaude en été.",
    "problem": "Personne ne s’y arrête.",
    "expected_result": "Cinq degrés de moins à midi.",
}
STATEMENT = "Je n’ai aucun intérêt dans une entreprise qui aurait répondu."

PEOPLE = """
from metropole.organisations.models import Organisation
from tests.accounts.people import make_person
from tests.factories import MembershipFactory
def member(name, slug, **rights):
    person = make_person(email=f"{name}@DOMAIN", first_name="Ada", last_name="DOMAIN-" + name, language="LANGUAGE")
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
from metropole.board.enums import CoCarrierState
from metropole.board.lifecycle.effects import digest
from metropole.board.models import CoCarrier
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from tests.factories import NeedFactory
from tests.factories.needs import working_hour
lead, joined = (Organisation.objects.verified().get(slug=slug) for slug in ("LEAD", "JOINED"))
need = NeedFactory(
    organisation=lead, direct=True, is_example=False, title="TITLE", slug="SLUG", themes=Theme.objects.all()[:1],
    essential_criteria="Trie sans se tromper\\nFonctionne sans internet", success_criteria="<p>Moins d’attente.</p>",
    questions_close_at=working_hour(10), answers_due_at=working_hour(15), closes_at=working_hour(30),
)
need.digest = digest(need)
need.save()
CoCarrier.objects.create(
    need=need, organisation=joined, state=CoCarrierState.ACCEPTED, value_low=5_000, value_high=10_000
)
print(need.key)
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
def names(run, domain, language) -> tuple[str, str, str]:
    """Of two communes with their agents, and of a company with somebody who deposits for it."""
    lead, joined = COMMUNES[language]
    words = {"DOMAIN": domain, "LANGUAGE": language, "LEAD": lead, "JOINED": joined, "COMPANY": COMPANY}
    return tuple(run(_with(PEOPLE, **words)).splitlines())


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
    fill_in(agent, WORDS | {"title": title})
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


@STORIES
def test_a_need_from_its_questions_to_what_was_learnt(
    enter, open_page, at, seen, names, domain, run, last_mail_to, language, javascript, width
):
    lead, _joined, firm = names
    slug, title = f"besoin-{secrets.token_hex(4)}", f"Trier les signalements {secrets.token_hex(4)}"
    run(_with(NEED, LEAD=COMMUNES[language][0], JOINED=COMMUNES[language][1], TITLE=title, SLUG=slug))
    need = at("board:need", slug)
    visitor = open_page(need, width=width, javascript=javascript)

    company = enter("company", width=width)
    company.goto(need)
    follow(company, "#questions a")
    seen(company)
    send(company, text="Combien de signalements recevez-vous ?")
    expect(company.locator("main blockquote")).to_contain_text("Combien de signalements")
    seen(company)
    send(company)
    expect(company.locator("main")).to_contain_text("Combien de signalements")
    seen(company)

    agent = enter("agent", width=width)
    agent.goto(at("board:mine"))
    follow(agent, "main a", has_text=title)
    manage = agent.url
    follow(agent, "main a", has_text="Combien de signalements")
    expect(agent.locator("main")).not_to_contain_text(firm)
    seen(agent)
    send(agent, published_text="Combien de signalements par mois ?", answer="Neuf cents environ.")
    expect(agent.locator(".messages")).to_be_visible()
    seen(agent)
    visitor.reload()
    expect(visitor.locator("#questions article")).to_contain_text(["Neuf cents environ."])
    for secret in (firm, "recevez-vous", f"{domain}-company"):
        assert secret not in visitor.locator("#questions").inner_text()
    assert f"{domain}-company" not in visitor.content()
    seen(visitor)

    follow(company, "main a", has_text=title)
    follow(company, ".respond a")
    seen(company)
    send(company)
    agree(company)
    send(company)
    response = company.url
    seen(company)
    follow(company, ".step-list a")
    write_response(company, seen)
    seen(company)
    follow(company, "main form.form button")
    receipt_of(company, seen)
    assert download(company, "pdf").startswith(b"%PDF")

    company.goto(response)
    follow(company, ".step-list a")
    fill_in(company, {"summary": "Nous trions mieux encore."})
    follow(company, "[name=go_on]")
    check(company)
    follow(company, "main form.form button")
    receipt_of(company, seen)
    company.goto(response)
    seen(company)
    follow(company, "main a[href*='withdraw'], main a[href*='retirer']")
    seen(company)
    send(company)
    receipt_of(company, seen)
    company.goto(response)
    check(company)
    follow(company, "main form.form button")
    digest = receipt_of(company, seen)
    agent.goto(manage)
    for page in (agent, visitor):
        page.reload()
        expect(page.locator("main")).not_to_contain_text(firm)

    run(_with(CLOSING, SLUG=slug))
    agent.reload()
    seen(agent)
    follow(agent, "main a.button")
    state_no_interest(agent, seen)
    partner = enter("partner", width=width)
    partner.goto(manage)
    follow(partner, "main a.button")
    state_no_interest(partner, seen)
    expect(partner.locator("tbody .digest")).to_have_text([digest])
    assert download(partner, "pdf").startswith(b"%PDF")

    for reader in (partner, agent):
        read_response(reader, manage, seen)
    follow(agent, "main a[href$='/opinion/'], main a[href$='/avis/']")
    judge(agent, seen)
    follow(agent, "main a[href$='/decision/']")
    agent.locator("[name=verdict][value=retained]").check()
    seen(agent)
    send(agent, reason="Le tri est juste.")
    visitor.reload()
    expect(visitor.locator("main")).not_to_contain_text(firm)
    agent.goto(manage)
    seen(agent)
    follow(agent, "main a[href$='/adopt/']")
    agent.locator("[name=route]").first.check()
    seen(agent)
    send(agent, amount="18000", reason="Elle répond à tout.")
    expect(agent.locator(".messages")).to_be_visible()
    seen(agent)

    company.goto(urlsplit(re.search(r"http://\S+", last_mail_to(f"company@{domain}"))[0]).path)
    expect(company.locator("main")).to_contain_text("Le tri est juste.")
    seen(company)
    visitor.reload()
    expect(visitor.locator("#outcome")).to_contain_text(firm)
    expect(visitor.locator("main")).to_contain_text("Elle répond à tout.")
    expect(visitor.locator("#chain")).to_have_count(0)
    seen(visitor)

    follow(agent, "main li .account-ways a")
    agent.locator("[name=stage][value=in_use]").check()
    send(agent, started_on="2026-10-05", scope="La mairie")
    colleague = enter("colleague", width=width)
    colleague.goto(at("deployments:mine"))
    follow(colleague, "main .plain a")
    follow(colleague, "[value=confirm]")
    visitor.reload()
    expect(visitor.locator("#chain li")).to_have_count(2)
    expect(visitor.locator("#chain")).to_contain_text(lead)
    seen(visitor)

    agent.goto(manage)
    follow(agent, "main .account-ways button")
    expect(agent.locator("h1")).to_contain_text(title)
    seen(agent)
    assert visitor.context.cookies() == []


def write_response(page: Page, seen) -> None:
    """Point by point, with a file; what was forgotten is found from the last step."""
    fill_in(page, {"summary": "Nous trions.", "approach": "Avec vos agents.", "calendar": "Trois mois.",
                   "price": "18000"})  # fmt: skip
    seen(page)
    follow(page, "[name=go_on]")
    page.locator("[name^=criterion-]").first.fill("Atteint.")
    seen(page)
    follow(page, "[name=go_on]")
    page.locator("[name=solutions]").first.check()
    seen(page)
    follow(page, "[name=go_on]")
    page.locator("[name=name_may_be_published]").check()
    follow(page, "[name=go_on]")
    upload = {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("[name=upload]").set_input_files(upload)
    send(page, title="Plan")
    expect(page.locator("main .files")).to_contain_text("Plan")
    seen(page)
    check(page)
    seen(page)
    follow(page, "main .plain a")
    page.locator("[aria-invalid=true]").fill("Atteint, sans réseau.")
    follow(page, "[name=go_on]")
    check(page)


def receipt_of(page: Page, seen) -> str:
    """The SHA-256 that a receipt gives."""
    expect(page.locator(".messages")).to_be_visible()
    seen(page)
    return page.locator("main .digest").first.inner_text()


def state_no_interest(page: Page, seen) -> None:
    page.locator("[name=agreed]").check()
    seen(page)
    send(page, statement=STATEMENT)
    seen(page)


def read_response(page: Page, manage: str, seen) -> None:
    """One's interests first, then the only response, with one's own notes."""
    page.goto(manage)
    follow(page, "main a[href$='/declaration/']")
    page.locator("[name=interest][value=none]").check()
    seen(page)
    send(page)
    seen(page)
    follow(page, "main tbody a")
    expect(page.locator("main")).to_contain_text("Nous trions mieux encore.")
    seen(page)
    follow(page, "main a[href$='/notes/']")
    judge(page, seen, "[name=finish]")
    seen(page)


def judge(page: Page, seen, button: str = "main form.form button") -> None:
    for mark in page.locator("main [value=met]").all():
        mark.check()
    page.locator("[name=text]").fill("Une bonne réponse.")
    seen(page)
    follow(page, button)
