"""A need is begun, written in steps, never lost, and only its authority's."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from metropole.board.drafting.forms import cleaned_of, typed_of, write
from metropole.board.drafting.steps import CALENDAR, PURCHASE, STEPS
from metropole.board.enums import NeedState
from metropole.board.models import Need, NeedEvent
from metropole.organisations.enums import Verification
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .conftest import WORDS, at, calendar, fill_in, form_of, submit, type_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_an_agent_begins_a_need_for_their_commune_and_is_led_through_its_steps(signed_in, commune, agent):
    assert at("begin") in signed_in.get("/fr/espace/").content.decode()
    response = signed_in.post(at("begin"), {"organisation": commune.pk})
    need = Need.objects.get()
    assert (need.organisation, need.author, need.state) == (commune, agent, NeedState.DRAFT)
    assert need.slug.startswith("besoin-")
    event = NeedEvent.objects.get()
    assert (event.action, event.person, event.organisation, event.after) == ("begin", agent, commune, "draft")
    assert response.url == at("step", need.key, 1)
    typed = form_of(signed_in, response.url)
    assert typed["territories"] == [str(commune.territory_id)]
    ways = [at("alternatives", need.key), at("step", need.key, 3), at("step", need.key, 4), at("files", need.key)]
    for number, way in enumerate(ways, start=1):
        url = at("step", need.key, number)
        assert signed_in.post(url, form_of(signed_in, url) | {"go_on": "1"}).url == way
    need.refresh_from_db()
    assert set(need.typed) == {name for step in STEPS for name in step.fields}


@pytest.mark.parametrize("kind", ["no right", "company", "waiting"])
def test_who_contributes_for_no_verified_authority_begins_nothing(client, frame, kind):
    if kind == "company":
        member = MembershipFactory(organisation=OrganisationFactory(), contributes=True)
    elif kind == "waiting":
        waiting = OrganisationFactory(commune=True, verification=Verification.WAITING)
        member = MembershipFactory(organisation=waiting, contributes=True)
    else:
        member = MembershipFactory()
    client.force_login(member.person)
    assert "<form" not in client.get(at("begin")).content.decode().split("<h1")[1].split("</main")[0]
    assert client.post(at("begin"), {"organisation": member.organisation.pk}).status_code == 403
    assert at("begin") not in client.get("/fr/espace/").content.decode()
    assert not Need.objects.exists()


@pytest.mark.parametrize(("mode", "is_optional"), [("sourcing", True), ("direct", False)])
def test_what_the_mode_owes_is_not_marked_as_optional(signed_in, draft, mode, is_optional):
    type_in(draft, mode=mode)
    page = signed_in.get(at("step", draft.key, PURCHASE)).content.decode()
    label = page.split('for="id_value_high"')[1].split("</label>")[0]
    assert ("(facultatif)" in label) == is_optional


@pytest.mark.parametrize("forged", ["0", "x", "999999999999999999999"])
def test_nothing_is_begun_for_a_forged_organisation(signed_in, stranger, forged):
    for organisation in (forged, stranger.memberships.get().organisation.pk):
        response = signed_in.post(at("begin"), {"organisation": organisation})
        assert response.status_code == 200
        assert response.context["form"].errors["organisation"]
    assert not Need.objects.exists()


SCREENS = [("step", 1), ("choose", 1), ("alternatives",), ("files",), ("remove", 1), ("check",), ("delete",)]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("screen", [*SCREENS, ("preview",), ("copy",)], ids=lambda screen: screen[0])
def test_a_draft_of_another_authority_is_not_there(client, draft, stranger, screen, method):
    name, *more = screen
    people = [stranger, MembershipFactory(organisation=OrganisationFactory(), contributes=True).person]
    for person in people:
        client.force_login(person)
        assert getattr(client, method)(at(name, draft.key, *more)).status_code == 404
        assert getattr(client, method)(at(name, uuid4(), *more)).status_code == 404
    client.logout()
    assert getattr(client, method)(at(name, draft.key, *more)).status_code == 302
    assert Need.objects.filter(pk=draft.pk, typed_version=0).exists()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen[0])
def test_a_moderator_reads_a_draft_and_does_not_write_it(client, draft, moderator, screen):
    name, *more = screen
    client.force_login(moderator)
    assert client.get(at(name, draft.key, *more)).status_code == 403
    assert client.post(at(name, draft.key, *more)).status_code == 403
    assert client.get(at("preview", draft.key)).status_code == 200
    assert client.get(at("copy", draft.key)).status_code == 404


def test_a_colleague_goes_on_and_one_who_may_no_more_does_not(client, draft, colleague):
    client.force_login(colleague)
    url = at("step", draft.key, 1)
    client.post(url, form_of(client, url) | {"title": "À deux"})
    draft.refresh_from_db()
    assert (draft.name, draft.typed_version) == ("À deux", 1)
    colleague.memberships.update(contributes=False)
    assert client.get(url).status_code == 404


def test_what_is_typed_is_kept_as_it_was_typed_however_wrong(signed_in, draft):
    url = at("step", draft.key, 4)
    wrong = {
        "closes_at_day": "2027-02-30",
        "closes_at_hour": "25 h",
        "wished_start": "bientôt",
        "demonstrations": "trois",
    }
    response = fill_in(signed_in, url, wrong)
    assert set(response.context["form"].errors) == {"closes_at", "wished_start", "demonstrations"}
    assert response.content.decode().split("<title>")[1].startswith(gettext("Error"))
    draft.refresh_from_db()
    assert draft.typed["closes_at"] == "2027-02-30 25 h"
    page = signed_in.get(url).content.decode()
    for typed in wrong.values():
        assert f'value="{typed}"' in page


def test_unfinished_is_not_wrong(signed_in, draft):
    url = at("step", draft.key, 1)
    assert signed_in.post(url, form_of(signed_in, url) | {"title": "Commencé"}).url == url


@pytest.mark.parametrize(("day", "hour"), [("2027-03-28", "02:30"), ("2027-10-31", "02:30")])
def test_an_hour_that_clocks_skip_or_repeat_is_refused_and_kept(signed_in, draft, day, hour):
    url = at("step", draft.key, CALENDAR)
    response = fill_in(signed_in, url, {"closes_at_day": day, "closes_at_hour": hour})
    (message,) = response.context["form"].errors["closes_at"]
    assert "02:30" in message
    assert f'value="{day}"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.typed["closes_at"] == f"{day} {hour}"


def test_a_calendar_that_nobody_could_publish_is_said_at_its_field(signed_in, draft):
    url = at("step", draft.key, CALENDAR)
    with override("en"):
        url = at("step", draft.key, CALENDAR)
        for wrong, field, words in [
            (calendar(closes=10), "closes_at", "15 days at least"),
            (calendar(asked=39), "questions_close_at", "5 working days before"),
            (calendar(answered=50), "answers_due_at", "after the last questions"),
            ({"closes_at": "2027-01-16 12:00"}, "closes_at", "no working day"),
            ({"closes_at": "2027-01-14 18:00"}, "closes_at", "17:00 at the latest"),
            ({"closes_at": "2020-01-14 17:00"}, "closes_at", "past"),
        ]:
            errors = fill_in(signed_in, url, wrong).context["form"].errors
            assert words in errors[field].as_text(), wrong
        assert fill_in(signed_in, url, calendar()).status_code == 302


def test_a_calendar_is_proposed_that_can_be_published(signed_in, draft):
    url = at("step", draft.key, CALENDAR)
    proposed = form_of(signed_in, url)
    assert signed_in.post(url, proposed).url == url
    draft.refresh_from_db()
    assert draft.typed["closes_at"] == proposed["closes_at"]


def test_weightings_that_add_up_to_99_are_refused_and_kept(signed_in, draft):
    url = at("step", draft.key, PURCHASE)
    rows = {
        "weightings-0-criterion": "Prix", "weightings-0-weight": "40",
        "weightings-1-criterion": "Qualité", "weightings-1-weight": "59",
    }  # fmt: skip
    response = fill_in(signed_in, url, rows | {"mode": "direct"})
    assert "99" in response.context["form"].errors["weightings"].as_text()
    assert 'value="59"' in signed_in.get(url).content.decode()
    assert fill_in(signed_in, url, rows | {"mode": "direct", "weightings-1-weight": "60"}).status_code == 302
    below = {"weightings-0-weight": "-40", "weightings-1-weight": "140"}
    assert "weightings" in fill_in(signed_in, url, rows | below | {"mode": "direct"}).context["form"].errors
    assert fill_in(signed_in, url, rows | {"mode": "sourcing"}).status_code == 302


@pytest.mark.parametrize("name", ["essential_criteria", "desirable_criteria"])
def test_ten_criteria_are_taken_and_eleven_are_not(signed_in, draft, name):
    url = at("step", draft.key, 2)
    ten = "\n\n".join(f"Critère {number}" for number in range(10))
    assert fill_in(signed_in, url, {name: ten}).status_code == 302
    response = fill_in(signed_in, url, {name: f"{ten}\nUn de trop"})
    assert "10" in response.context["form"].errors[name].as_text()
    draft.refresh_from_db()
    assert draft.typed[name].endswith("Un de trop")


def test_values_are_typed_as_people_write_them_and_go_from_low_to_high(signed_in, draft):
    url = at("step", draft.key, PURCHASE)
    typed = {"mode": "sourcing", "value_low": "20 000 €", "value_high": "35\u202f000"}
    assert fill_in(signed_in, url, typed).status_code == 302
    draft.refresh_from_db()
    cleaned = cleaned_of(draft.typed, is_complete=False).cleaned
    assert (cleaned["value_low"], cleaned["value_high"]) == (20_000, 35_000)
    for wrong in ("10 000", "-5", "9" * 5000, "beaucoup"):
        response = fill_in(signed_in, url, typed | {"value_high": wrong})
        assert "value_high" in response.context["form"].errors


def test_a_contact_that_is_still_to_come_is_not_in_the_register(signed_in, draft):
    url = at("step", draft.key, PURCHASE)
    row = {"early_contacts-0-organisation": "Une entreprise", "early_contacts-0-subject": "Une visite"}
    response = fill_in(signed_in, url, row | {"early_contacts-0-date": "2999-01-01"})
    assert "early_contacts" in response.context["form"].errors
    response = fill_in(signed_in, url, row | {"early_contacts-0-date": "2026-01-05", "no_early_contacts": "on"})
    assert "no_early_contacts" in response.context["form"].errors


@pytest.mark.parametrize(
    "forged",
    [{"mode": "x"}, {"purchase_kind": "x"}, {"phase": "x"}, {"themes": ["x", "999999999999999999999"]},
     {"territories": ["0"]}, {"weightings": "[[[["}, {"weightings": "[{\"x\": 1}]"}, {"duration_months": "1e9"},
     {"consultation_url": "javascript:alert(1)"}, {"title": "\x00"}, {"tags": "," * 5000}],
    ids=str,
)  # fmt: skip
def test_forged_values_are_refused_and_break_nothing(signed_in, ready, forged):
    for number, _step in enumerate(STEPS, start=1):
        assert fill_in(signed_in, at("step", ready.key, number), forged).status_code in (200, 302)
        assert signed_in.get(f"{at('step', ready.key, number)}?check=1").status_code == 200
    for name in ("check", "preview", "alternatives"):
        assert signed_in.get(at(name, ready.key)).status_code == 200
    assert submit(signed_in, ready).status_code == 200


def test_fields_that_are_not_asked_for_change_nothing(signed_in, draft, stranger):
    other = stranger.memberships.get().organisation
    forged = {"organisation": other.pk, "published_at": "2026-01-01", "state": "open", "slug": "x", "author": "1"}
    signed_in.post(at("step", draft.key, 1), forged | {"title": "Un titre"})
    draft.refresh_from_db()
    assert (draft.organisation_id == other.pk, draft.published_at, draft.state) == (False, None, NeedState.DRAFT)
    assert not set(forged) & set(draft.typed)


@pytest.mark.parametrize("number", [0, 5, 99, 10**30])
def test_there_are_no_other_steps(signed_in, draft, number):
    assert signed_in.get(at("step", draft.key, number)).status_code == 404
    assert signed_in.post(at("choose", draft.key, number)).status_code == 404


def test_two_tabs_never_silently_overwrite_each_other(signed_in, draft):
    url = at("step", draft.key, 1)
    first, second = form_of(signed_in, url), form_of(signed_in, url)
    signed_in.post(url, first | {"title": "Le premier titre", "summary": ""})
    response = signed_in.post(url, second | {"title": "Le second titre", "summary": "Un résumé."})
    assert response.status_code == 409
    draft.refresh_from_db()
    assert (draft.typed["title"], draft.typed["summary"]) == ("Le premier titre", "Un résumé.")
    page = response.content.decode()
    assert "premier" in page
    assert "second" in page
    chosen = {"has-title": "1", "mine-title": "Le second titre", "seen": response.context["seen"]}
    assert signed_in.post(at("choose", draft.key, 1), chosen).status_code == 409
    assert signed_in.post(at("choose", draft.key, 1), chosen | {"choice-title": "mine"}).url == url
    draft.refresh_from_db()
    assert draft.typed["title"] == "Le second titre"


def test_it_is_saved_while_one_types_and_conflicts_are_said(signed_in, draft):
    url, asked = at("step", draft.key, 1), {"headers": {"accept": "application/json"}}
    given = form_of(signed_in, url)
    answer = signed_in.post(url, given | {"title": "En cours"}, **asked)
    assert (answer.status_code, set(answer.json())) == (200, {"seen", "said"})
    on = {"seen": json.dumps(answer.json()["seen"])}
    assert signed_in.post(url, given | on | {"title": "En cours de frappe"}, **asked).status_code == 200
    assert signed_in.post(url, given | {"title": "Autre chose"}, **asked).status_code == 409
    draft.refresh_from_db()
    assert draft.typed["title"] == "En cours de frappe"
    signed_in.logout()
    assert signed_in.post(url, given, **asked).status_code == 401


def test_what_was_typed_while_signed_out_is_saved_after_signing_in(client, draft, agent):
    url = at("step", draft.key, 1)
    client.force_login(agent)
    typed = form_of(client, url) | {"title": "Écrit sans session"}
    client.logout()
    assert client.post(url, typed).status_code == 302
    session = client.session
    kept = session["contributions_kept"]
    client.force_login(agent)
    session = client.session
    session["contributions_kept"] = kept
    session.save()
    assert client.get(url).status_code == 302
    draft.refresh_from_db()
    assert draft.typed["title"] == "Écrit sans session"


def test_a_form_with_another_token_is_not_saved_and_what_it_held_is_shown(draft, agent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    response = client.post(at("step", draft.key, 1), {"title": "Un titre à ne pas perdre"})
    assert response.status_code == 403
    assert "Un titre à ne pas perdre" in response.content.decode()
    draft.refresh_from_db()
    assert "title" not in draft.typed


def test_the_thresholds_of_the_law_are_shown_with_their_article_and_source(signed_in, draft):
    page = signed_in.get(at("step", draft.key, PURCHASE)).content.decode()
    for said in ("60\u202f000", "article R. 2122-8", "https://example.org/loi"):
        assert said in page
    assert "60\u202f000" not in signed_in.get(at("step", draft.key, 1)).content.decode()


def test_what_is_typed_and_written_can_be_read_back_as_it_was_typed(ready):
    rows = '[{"criterion": "Prix", "weight": "40"}, {"criterion": "Qualité", "weight": "60"}]'
    type_in(ready, mode="direct", value_low="10000", value_high="20000", weightings=rows, tags="ombre, place")
    type_in(ready, wished_start="2027-09-01", duration_months="6", anonymous_reading="True", phase="test")
    checked = cleaned_of(ready.typed)
    assert not checked.errors
    write(ready, checked.cleaned)
    again = typed_of(Need.objects.get(pk=ready.pk))
    for name, value in ready.typed.items():
        assert json.loads(again[name]) == json.loads(value) if name == "weightings" else again[name] == value, name
    assert ready.texts.get().problem.startswith("<p>Les habitants ne s’y arrêtent plus.</p><ul><li>")


def test_screens_are_in_english_too(signed_in, ready):
    with override("en"):
        paths = [at("begin"), *(at("step", ready.key, number) for number in range(1, 5))]
        paths += [at(name, ready.key) for name in ("alternatives", "files", "check", "preview", "copy", "delete")]
        for path in paths:
            page = signed_in.get(path)
            assert page.status_code == 200, path
            assert 'lang="en"' in page.content.decode()
    assert WORDS["title"] in signed_in.get(paths[1]).content.decode()


def test_an_administrator_without_a_part_sees_no_draft(client, draft):
    client.force_login(UserFactory(administrator=True))
    status = client.get(at("step", draft.key, 1)).status_code
    assert status in (403, 404)
