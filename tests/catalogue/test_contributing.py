"""A carrier writes the sheet of its solution: in steps, with lists and lines, and nobody else's name on it."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.test.utils.form_data import rich_text

from catalogue.enums import Origin
from catalogue.models import CatalogueIndexPage, SolutionPage
from catalogue.sheet.groups import ESSENTIAL, FIELDS
from metropole.contributions.conflicts import Conflict
from metropole.contributions.differences import differences
from metropole.contributions.forms import typed_in
from metropole.contributions.kinds import kind_named
from metropole.contributions.models import ContributedFile, Contribution
from metropole.contributions.services import IncompleteError, begin, missing, reopen, send
from metropole.core.lists.rows import MOST_ROWS, SPARE_ROWS
from metropole.demo.frame import build_frame
from metropole.moderation import comparison
from metropole.moderation import services as moderation
from tests.content.test_editing import submit
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, ThemeFactory, UserFactory

from .people import SHEET, agent, carrier, moderator, sheet_begun_by

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MODEL = {"name": "Mistral 7B", "version": "", "provider": "", "general_purpose": "", "openness": "", "retrained": ""}


@pytest.fixture(autouse=True)
def frame(db):
    return build_frame()


@pytest.fixture
def company():
    return carrier()


@pytest.fixture
def draft(company):
    return sheet_begun_by(company)


def at(name: str, *args: object) -> str:
    return reverse(f"contributions:{name}", args=args)


def filled(client, url: str, **typed) -> dict:
    """What a browser would send back of a step as it was given, but for what is typed."""
    form = client.get(url).context["form"]
    given = {name: value for name in form.fields if (value := form[name].value())}
    in_lines = {name.partition("-")[0] for name in typed if "-" in name}
    return {name: value for name, value in given.items() if name not in in_lines} | typed


def step_with(field: str) -> int:
    return next(rank for rank, step in enumerate(kind_named("solution").steps, start=1) if field in step.fields)


def sent(draft: Contribution) -> SolutionPage:
    draft.refresh_from_db()
    return send(draft, draft.author, draft.version)


def published(draft: Contribution) -> SolutionPage:
    page = sent(draft)
    moderation.approve(page, moderator())
    return SolutionPage.objects.get(pk=page.pk)


def refused(draft: Contribution) -> dict[str, str]:
    return {lack.field: " ".join(lack.errors) for lack in missing(draft)}


def test_the_groups_of_the_sheet_are_its_steps_and_the_list_says_which_are_owed(client, company, draft):
    kind = kind_named("solution")
    assert set(FIELDS) - set(kind.fields) == {"publisher"}
    assert {step.title: is_owed for step, is_owed in kind.outline}[gettext("AI Act")] is False
    assert {step.title: is_owed for step, is_owed in kind.outline}[gettext("Use")] is True
    client.force_login(company.person)
    page = client.get(at("step", draft.pk, 2)).content.decode()
    optional = sum(not is_owed for _step, is_owed in kind.outline)
    steps = page.split('<nav class="step-list"')[1].split("</nav>")[0]
    assert steps.count(gettext("(optional)")) == optional + 1
    assert steps.count(gettext("(to be filled)")) == len(kind.steps) - optional


def test_only_who_carries_solutions_begins_a_sheet(client, company):
    commune = MembershipFactory(person=company.person, contributes=True).organisation
    client.force_login(company.person)
    answer = client.post(at("new"), {"kind": "solution", "organisation": commune.pk})
    assert str(commune) in answer.context["form"].errors["organisation"][0]
    with pytest.raises(PermissionDenied):
        begin(kind_named("solution"), commune, company.person)
    assert not Contribution.objects.exists()
    assert client.post(at("new"), {"kind": "solution", "organisation": company.organisation_id}).status_code == 302
    assert Contribution.objects.get().organisation == company.organisation


def test_an_agent_is_not_offered_a_sheet_and_a_company_still_is_all_else(client, company):
    client.force_login(agent().person)
    offered = [name for name, _label in client.get(at("new")).context["form"].fields["kind"].choices]
    assert "practice" in offered
    assert "solution" not in offered
    client.force_login(company.person)
    offered = [name for name, _label in client.get(at("new")).context["form"].fields["kind"].choices]
    assert {"practice", "solution"} <= set(offered)


def test_a_sheet_is_its_organisations_whatever_a_request_says(client, company, draft):
    client.force_login(company.person)
    other = OrganisationFactory()
    forged = {"publisher": other.pk, "origin": "editorial", "organisations": [other.pk], "kind": "software"}
    url = at("step", draft.pk, step_with("kind"))
    assert client.post(url, filled(client, url, **forged)).status_code == 302
    page = published(draft)
    assert (page.publisher, page.origin) == (company.organisation, Origin.PUBLISHER)
    assert list(page.organisations.all()) == [company.organisation]
    assert {claim.said_by for claim in page.claims.all()} == {company.organisation}


def test_a_publisher_owes_twelve_fields_when_it_sends_the_sheet_and_none_before(client, company):
    draft = begin(kind_named("solution"), company.organisation, company.person)
    owed = {"title", "summary", "themes", *ESSENTIAL} - {"publisher"}
    assert set(refused(draft)) == owed
    client.force_login(company.person)
    url = at("step", draft.pk, step_with("price_model"))
    assert client.post(url, filled(client, url, price_model="free")).status_code == 302
    draft.refresh_from_db()
    assert set(refused(draft)) == owed - {"price_model"}


def test_answers_lists_and_lines_come_back_as_they_were_given(client, company, draft):
    client.force_login(company.person)
    url = at("step", draft.pk, step_with("ai_models"))
    typed = {
        "contains_ai": "True",
        "techniques": ["vision", "rules"],
        "ai_models-0-name": "Mistral 7B",
        "ai_models-3-name": "YOLO",
        "ai_models-3-openness": "open",
    }
    assert client.post(url, filled(client, url, **typed)).status_code == 302
    page = published(draft)
    assert page.contains_ai is True
    assert page.personal_data is False
    assert page.techniques == ["rules", "vision"]
    assert page.ai_models == [MODEL, {**MODEL, "name": "YOLO", "openness": "open"}]
    draft.refresh_from_db()
    before = dict(draft.data)
    reopen(draft, company.person)
    draft.refresh_from_db()
    assert {name: draft.data[name] for name in ("contains_ai", "techniques", "ai_models")} == {
        name: before[name] for name in ("contains_ai", "techniques", "ai_models")
    }
    shown = client.get(url).content.decode()
    assert 'name="ai_models-1-name" value="YOLO"' in shown


def test_lines_are_saved_while_one_types_and_two_who_change_them_choose_between_them_in_words(client, company, draft):
    client.force_login(company.person)
    url = at("step", draft.pk, step_with("ai_models"))
    seen = client.get(url).context["form"]["seen"].value()
    colleague = {"ai_models-0-name": "Celui du collègue", "ai_models-0-openness": "open", "seen": seen}
    assert client.post(url, colleague, headers={"accept": "application/json"}).status_code == 200
    answer = client.post(url, {"ai_models-0-name": "Le mien", "seen": seen})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert gettext("open weights") in shown
    assert '"openness"' not in shown.split("<b>")[-2]
    hidden = json.dumps([{**MODEL, "name": "Le mien"}])
    chosen = {"has-ai_models": "1", "mine-ai_models": hidden, "choice-ai_models": "mine",
              "seen": answer.context["seen"]}  # fmt: skip
    assert client.post(at("choose", draft.pk, step_with("ai_models")), chosen).status_code == 302
    draft.refresh_from_db()
    assert "Le mien" in draft.data["ai_models"]


def test_a_conflict_shows_codes_by_their_labels():
    (shown,) = differences(kind_named("solution"), [Conflict("techniques", ["rules"], ["vision"])])
    assert gettext("image analysis") in shown.yours_html


def test_moderators_read_lists_and_lines_in_words(company, draft):
    draft.data |= {"contains_ai": "True", "techniques": ["vision"], "ai_models": json.dumps([MODEL])}
    draft.save()
    page = sent(draft)
    after = page.get_latest_revision_as_object()
    found = comparison.differences(page, SolutionPage(locale=page.locale), after)
    said = {difference.label: difference.after for difference in found}
    assert gettext("image analysis") in said[gettext("Techniques")]
    assert not any("{" in text or "[" in text for text in said.values())


def test_contradictions_between_steps_are_said_before_it_is_sent(draft):
    draft.data |= {"contains_ai": "False", "ai_act_class": "high_risk"}
    assert set(refused(draft)) == {"annex_iii_case", "ai_act_class"}
    draft.data |= {"contains_ai": "True", "ai_act_class": "minimal", "individual_decision": "True"}
    assert set(refused(draft)) == {"ai_act_class"}
    draft.save()
    with pytest.raises(IncompleteError):
        sent(draft)
    assert not SolutionPage.objects.exists()


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        ("summary", "Une solution souveraine.", "souverain"),
        ("title", "L’IA FRUGALE", "FRUGAL"),
        ("problem_and_use", "Un usage e\u0301thique.", "éthique"),
        ("how_to_get_it", "Un logiciel fru\u00adgal", "frugal"),
        ("body", "Plus *éthique*", "éthique"),
    ],
)
def test_words_that_sell_are_refused_at_their_field_without_evidence(draft, field, text, word):
    draft.data[field] = text
    assert word in refused(draft)[field]


def test_words_that_sell_may_be_in_a_draft_and_with_their_evidence(client, company, draft):
    client.force_login(company.person)
    first = at("step", draft.pk, 1)
    assert client.post(first, filled(client, first, summary="Frugal.")).status_code == 302
    link = {"field": "quality:frugal", "title": "Mesure", "place": "https://example.org/m", "date": ""}
    draft.refresh_from_db()
    draft.data["evidence"] = json.dumps([link])
    draft.save()
    assert refused(draft) == {}
    assert published(draft).summary == "Frugal."


def test_evidence_is_a_link_or_a_file_of_the_sheet(draft):
    row = {"field": "maturity", "title": "Rapport", "place": "Le rapport", "date": ""}
    draft.data["evidence"] = json.dumps([row])
    assert "Le rapport" in refused(draft)["evidence"]
    file = ContributedFile.objects.create(
        contribution=draft, title="Le rapport", name="r.pdf", content_type="application/pdf", size=1, scan="clean"
    )
    assert refused(draft) == {}
    file.is_removed = True
    file.save()
    assert "evidence" in refused(draft)


HOSTILE = {
    "broken": '[{"name": ',
    "no list": '{"name": "x"}',
    "no rows": "[1, 2, null]",
    "10,000 lines": json.dumps([{"name": "x"}] * 10_000),
    "deep": "[" * 200_000,
    "unknown columns": json.dumps([{"name": "x", "evil": "y"}]),
    "a long cell": json.dumps([{"name": "é" * 200_000}]),
    "nested": json.dumps([{"name": {"a": ["b"] * 200}}]),
    "not yes or no": json.dumps([{"name": "x", "retrained": "maybe"}]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_lines_are_kept_told_and_never_sent(client, company, draft, what):
    client.force_login(company.person)
    url = at("step", draft.pk, step_with("ai_models"))
    answer = client.post(url, filled(client, url, contains_ai="True", ai_models=HOSTILE[what]))
    assert answer.context["form"].errors["ai_models"]
    assert answer.content.count(b"<tr>") <= 3 * (MOST_ROWS + SPARE_ROWS + 1)
    draft.refresh_from_db()
    assert draft.data["ai_models"] == HOSTILE[what][:400_000]
    assert "ai_models" in refused(draft)
    assert client.get(at("preview", draft.pk)).status_code == 200


def test_characters_that_no_database_takes_are_left_out_of_lines(draft):
    draft.data |= {"contains_ai": "True", "ai_models": '[{"name": "a\\ud800b\\u0000c"}]'}
    draft.save()
    assert published(draft).ai_models[0]["name"] == "abc"


def test_what_is_typed_in_lines_is_told_to_be_too_long_and_not_cut_to_fit():
    kind = kind_named("solution")
    step = kind.steps[step_with("ai_models") - 1]
    posted = QueryDict(mutable=True)
    for number in range(MOST_ROWS):
        for column in MODEL:
            posted[f"ai_models-{number}-{column}"] = "é" * 200_000
    typed = typed_in(posted, kind, step)
    assert len(json.loads(typed["ai_models"])) == MOST_ROWS


def test_an_editors_sheet_is_not_changed_before_it_is_given_even_by_an_organisation_that_it_names(client, company):
    page = SolutionPageFactory(organisations=[company.organisation], publisher=company.organisation)
    client.force_login(company.person)
    assert client.post(at("of_page", page.pk)).status_code == 404
    assert client.get(reverse("moderation:ask_removal", args=[page.pk])).status_code == 403
    assert not Contribution.objects.exists()


def test_a_commune_that_a_sheet_names_does_not_change_it(client, company, draft):
    page, commune = published(draft), agent()
    page.organisations.add(commune.organisation)
    page.save_revision().publish()
    client.force_login(commune.person)
    assert client.post(at("of_page", page.pk)).status_code == 404
    client.force_login(company.person)
    assert client.get(at("of_page", page.pk)).url == at("contribution", draft.pk)


def test_an_administrator_publishes_no_unproven_words_for_a_publisher_but_keeps_them_in_a_draft(client, company):
    client.force_login(UserFactory(administrator=True))
    typed = {name: value for name, value in SHEET.items() if name != "problem_and_use"} | {
        "slug": "parcamera",
        "origin": "publisher",
        "publisher": company.organisation_id,
        "themes": [ThemeFactory().pk],
        "problem_and_use": rich_text("<p>Un usage éthique.</p>"),
    }
    answer = submit(client, SolutionPage, CatalogueIndexPage, **typed)
    assert "éthique" in answer.context["form"].errors["problem_and_use"][0]
    assert submit(client, SolutionPage, CatalogueIndexPage, publish=False, **typed).status_code == 302
    assert not SolutionPage.objects.get().live


def test_what_a_moderator_has_put_in_without_evidence_is_not_approved_either(draft):
    page = sent(draft)
    edited = page.get_latest_revision_as_object()
    edited.summary = "Une solution souveraine."
    edited.save_revision(user=UserFactory(editor=True))
    with pytest.raises(ValidationError, match="souverain"):
        moderation.approve(page, moderator())
    assert not SolutionPage.objects.get().live
