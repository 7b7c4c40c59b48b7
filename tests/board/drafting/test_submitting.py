"""A need is submitted once all is there; given back with a reason; previewed, copied, deleted."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from metropole.board.drafting import services
from metropole.board.drafting.services import missing
from metropole.board.enums import CoCarrierState, NeedState
from metropole.board.lifecycle.services import take
from metropole.board.models import CoCarrier, Need, NeedEvent
from metropole.core.personal_data import export_of
from metropole.organisations import legal
from tests.factories import NeedFactory, OrganisationFactory

from .conftest import at, calendar, fill_in, submit, type_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OWED = [
    "title", "summary", "problem", "expected_result", "success_criteria", "essential_criteria", "mode",
    "purchase_kind", "closes_at", "questions_close_at", "answers_due_at",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _agreed(monkeypatch):
    """Everybody has agreed to the terms."""
    monkeypatch.setattr(legal, "missing", lambda *args: [])


def lacks(need: Need) -> set[str]:
    return {lack.field for lack in missing(need)}


def test_a_need_with_all_that_is_owed_is_submitted_and_written(signed_in, ready, agent, theme):
    assert not signed_in.get(at("check", ready.key)).context["lacking"]
    assert submit(signed_in, ready).url == reverse("board:manage", args=[ready.key])
    ready.refresh_from_db()
    text = ready.texts.get()
    assert ready.state == NeedState.IN_REVIEW
    assert (text.title, text.live, text.language) == ("De l’ombre sur une place minérale", False, "fr")
    assert text.essential == ["Résiste au vent", "Se démonte en un jour"]
    assert list(ready.themes.all()) == [theme]
    assert ready.closes_at > timezone.now() + dt.timedelta(days=38)
    assert NeedEvent.objects.filter(action="submit", person=agent).count() == 1


def test_it_is_submitted_once_and_not_written_any_more(signed_in, ready):
    submit(signed_in, ready)
    written = Need.objects.get().typed
    for url in (at("step", ready.key, 1), at("check", ready.key), at("files", ready.key), at("delete", ready.key)):
        assert signed_in.get(url).status_code == 302
    response = signed_in.post(at("step", ready.key, 1), {"title": "Trop tard"})
    assert response.status_code == 409
    assert "Trop tard" in response.content.decode()
    submit(signed_in, ready)
    assert Need.objects.get().typed == written
    assert NeedEvent.objects.filter(action="submit").count() == 1


@pytest.mark.parametrize("name", OWED)
def test_each_field_that_is_owed_is_asked_for_with_the_way_to_it(signed_in, ready, name):
    type_in(ready, **{name: ""})
    response = submit(signed_in, ready)
    ((lack, url),) = response.context["lacking"]
    assert lack.field == name
    assert url.endswith(f"?check=1#id_{name}")
    assert name in signed_in.get(url.partition("#")[0]).context["form"].errors
    ready.refresh_from_db()
    assert (ready.state, ready.texts.count()) == (NeedState.DRAFT, 0)


@pytest.mark.parametrize("name", ["value_low", "value_high", "weightings"])
def test_a_direct_enquiry_owes_its_value_and_weightings(ready, name):
    rows = '[{"criterion": "Prix", "weight": "100"}]'
    type_in(ready, mode="direct", value_low="10000", value_high="20000", weightings=rows)
    assert not lacks(ready)
    type_in(ready, **{name: ""})
    assert lacks(ready) == {name}


def test_a_referral_owes_the_address_of_its_consultation_and_no_dates_for_questions(signed_in, ready):
    type_in(ready, mode="referral", questions_close_at="", answers_due_at="", essential_criteria="")
    assert lacks(ready) == {"consultation_url"}
    type_in(ready, consultation_url="https://profil.example.org/1", questions_close_at=ready.typed["closes_at"])
    assert submit(signed_in, ready).status_code == 302
    ready.refresh_from_db()
    assert (ready.consultation_url, ready.questions_close_at) == ("https://profil.example.org/1", None)


def test_an_innovative_purchase_says_why(ready):
    type_in(ready, is_innovative="True")
    assert lacks(ready) == {"innovation_reason"}


def test_early_contacts_are_listed_or_said_to_be_none(ready):
    type_in(ready, no_early_contacts="")
    assert lacks(ready) == {"early_contacts"}


def test_what_may_already_answer_must_have_been_looked_at(signed_in, ready):
    Need.objects.update(alternatives_shown_at=None)
    signed_in.get(at("alternatives", ready.key))
    ((_lack, url),) = submit(signed_in, ready).context["lacking"]
    assert url == at("alternatives", ready.key)
    assert signed_in.post(url).url == at("step", ready.key, 2)
    assert submit(signed_in, ready).status_code == 302


@pytest.mark.parametrize("value", ["59999", "60000"])
def test_a_direct_enquiry_stays_below_the_threshold(signed_in, ready, value):
    rows = '[{"criterion": "Prix", "weight": "100"}]'
    type_in(ready, mode="direct", value_low="10000", value_high=value, weightings=rows)
    assert lacks(ready) == (set() if value == "59999" else {"mode"})
    assert submit(signed_in, ready).status_code == (302 if value == "59999" else 200)
    if value == "60000":
        page = signed_in.get(f"{at('step', ready.key, 3)}?check=1")
        assert "60\u202f000" in page.context["form"].errors["mode"].as_text()


def test_a_purchase_that_is_split_in_two_is_refused_at_its_value(signed_in, ready, commune, theme):
    NeedFactory(organisation=commune, direct=True, value_high=50_000, themes=[theme], title="La première moitié")
    rows = '[{"criterion": "Prix", "weight": "100"}]'
    type_in(ready, mode="direct", value_low="10000", value_high="20000", weightings=rows)
    ((lack, _url),) = submit(signed_in, ready).context["lacking"]
    assert lack.field == "value_high"
    assert "La première moitié" in lack.errors[0]
    ready.refresh_from_db()
    assert (ready.state, ready.mode, ready.texts.count()) == (NeedState.DRAFT, "sourcing", 0)


def test_a_need_that_somebody_has_changed_meanwhile_is_checked_again(signed_in, ready):
    old = ready.typed_version
    Need.objects.update(typed_version=old + 1)
    signed_in.post(at("check", ready.key), {"version": old})
    for forged in ("", "x", "-1", "9" * 40):
        assert signed_in.post(at("check", ready.key), {"version": forged}).status_code == 302
    ready.refresh_from_db()
    assert ready.state == NeedState.DRAFT


def test_nobody_submits_for_another_authority(ready, stranger, moderator):
    for person in (stranger, moderator):
        with pytest.raises(PermissionDenied):
            services.submit(ready, person, ready.typed_version)


def test_what_was_given_back_says_why_on_each_step_and_is_submitted_again(signed_in, ready, moderator):
    submit(signed_in, ready)
    take(ready, "give_back", moderator, reason="Une marque est nommée.")
    urls = [*(at("step", ready.key, number) for number in range(1, 5)), at("check", ready.key), at("files", ready.key)]
    for url in [*urls, at("alternatives", ready.key), reverse("board:manage", args=[ready.key])]:
        assert "Une marque est nommée." in signed_in.get(url).content.decode(), url
    response = signed_in.post(at("step", ready.key, 1), {"title": "Un titre corrigé", "summary": "Court."})
    assert response.status_code == 409, "what others wrote since is not overwritten"
    ready.refresh_from_db()
    type_in(ready, title="Un titre corrigé")
    assert submit(signed_in, ready).status_code == 302
    ready.refresh_from_db()
    assert (ready.state, ready.texts.get().title) == (NeedState.IN_REVIEW, "Un titre corrigé")


def test_a_need_that_was_not_written_here_is_taken_up_with_what_it_says(signed_in, commune, theme, moderator):
    need = NeedFactory(in_review=True, organisation=commune, title="Venu d’ailleurs", themes=[theme])
    take(need, "give_back", moderator, reason="À préciser.")
    form = signed_in.get(at("step", need.key, 1)).context["form"]
    assert (form["title"].value(), form["themes"].value()) == ("Venu d’ailleurs", [str(theme.pk)])
    assert "Venu d’ailleurs" in signed_in.get(at("preview", need.key)).content.decode()
    assert fill_in(signed_in, at("step", need.key, 2), {"essential_criteria": "Un seul"}).status_code == 302
    need.refresh_from_db()
    assert (need.typed["title"], need.typed["essential_criteria"]) == ("Venu d’ailleurs", "Un seul")
    type_in(need, success_criteria="Mesuré.")
    assert submit(signed_in, need).status_code == 302


def test_its_people_and_the_moderators_see_how_it_will_look(client, ready, agent, moderator, stranger):
    client.force_login(agent)
    url = at("preview", ready.key)
    for state in ("draft", "in review"):
        if state == "in review":
            submit(client, ready)
        for person in (agent, moderator):
            client.force_login(person)
            page = client.get(url).content.decode()
            for said in ("De l’ombre sur une place minérale", "<li>les enfants</li>", "Résiste au vent", "Îlots"):
                assert said in page, (state, said)
            assert 'name="robots" content="noindex"' in page
        client.force_login(stranger)
        assert client.get(url).status_code == 404
        client.force_login(agent)
    assert client.get(ready.get_absolute_url()).status_code == 404


def test_a_draft_with_nothing_right_can_be_previewed(signed_in, draft):
    type_in(draft, value_low="9", value_high="1", mode="?", closes_at="demain", weightings="{", title="")
    assert signed_in.get(at("preview", draft.key)).status_code == 200
    assert not draft.texts.exists()


def test_ones_own_need_is_copied_with_all_but_its_calendar(signed_in, ready, commune):
    type_in(ready, value_low="10000", value_high="20000", alternatives=[{"id": "x", "note": ""}])
    assert signed_in.get(at("copy", ready.key)).status_code == 200
    signed_in.post(at("copy", ready.key), {"organisation": commune.pk})
    copy = Need.objects.exclude(pk=ready.pk).get()
    left = {name: value for name, value in ready.typed.items() if name not in (*calendar(), "alternatives")}
    assert (copy.typed, copy.copied_from, copy.alternatives_shown_at) == (left, ready, None)
    assert copy.state == NeedState.DRAFT


def test_another_authoritys_need_is_copied_without_what_is_its_own_and_both_are_linked(client, stranger, theme):
    published = NeedFactory(
        is_example=False, title="Une ombrière", value_low=10_000, value_high=20_000, themes=[theme],
        early_contacts=[{"date": "2026-01-01", "organisation": "Une société", "subject": "Visite"}],
    )  # fmt: skip
    client.force_login(stranger)
    own = stranger.memberships.get().organisation
    assert at("copy", published.key) in client.get(published.get_absolute_url()).content.decode()
    client.post(at("copy", published.key), {"organisation": own.pk})
    copy = Need.objects.exclude(pk=published.pk).get()
    assert (copy.organisation, copy.copied_from, copy.typed["title"]) == (own, published, "Une ombrière")
    assert copy.typed["territories"] == [str(own.territory_id)]
    assert not {"value_low", "value_high", "early_contacts", "closes_at"} & set(copy.typed)
    client.logout()
    assert "Deuxième" not in client.get(published.get_absolute_url()).content.decode()
    other = NeedFactory(copied_from=published, title="Deuxième ombrière")
    assert other.get_absolute_url() in client.get(published.get_absolute_url(), {"x": 1}).content.decode()
    page = client.get(other.get_absolute_url()).content.decode()
    assert published.get_absolute_url() in page
    assert at("copy", other.key) not in page


def test_a_need_that_is_not_published_is_copied_by_its_carriers_alone(client, ready, stranger):
    own = stranger.memberships.get().organisation
    client.force_login(stranger)
    assert client.post(at("copy", ready.key), {"organisation": own.pk}).status_code == 404
    CoCarrier.objects.create(need=ready, organisation=own, state=CoCarrierState.ACCEPTED)
    type_in(ready, value_low="10000")
    client.post(at("copy", ready.key), {"organisation": own.pk})
    assert "value_low" not in Need.objects.get(organisation=own).typed


def test_a_company_copies_nothing(client, frame):
    from tests.factories import MembershipFactory

    published = NeedFactory(is_example=False)
    client.force_login(MembershipFactory(organisation=OrganisationFactory(), contributes=True).person)
    assert at("copy", published.key) not in client.get(published.get_absolute_url()).content.decode()
    assert client.post(at("copy", published.key), {}).status_code == 403
    assert Need.objects.count() == 1


def test_a_draft_is_deleted_after_a_question(signed_in, draft):
    assert at("delete", draft.key) in signed_in.get(reverse("board:manage", args=[draft.key])).content.decode()
    assert signed_in.get(at("delete", draft.key)).status_code == 200
    assert signed_in.post(at("delete", draft.key)).url == reverse("board:mine")
    assert not Need.objects.exists()
    assert signed_in.post(at("delete", draft.key)).status_code == 404


def test_what_was_submitted_is_never_deleted(signed_in, ready, moderator):
    submit(signed_in, ready)
    take(ready, "give_back", moderator, reason="À préciser.")
    assert at("delete", ready.key) not in signed_in.get(reverse("board:manage", args=[ready.key])).content.decode()
    response = signed_in.post(at("delete", ready.key))
    assert response.status_code == 200
    assert Need.objects.filter(pk=ready.pk).exists()


def test_the_list_of_needs_leads_to_a_new_one(signed_in, draft):
    page = signed_in.get(reverse("board:mine")).content.decode()
    assert at("begin") in page
    assert reverse("board:manage", args=[draft.key]) in page


def test_what_is_kept_of_an_author_is_in_their_export(ready, agent, colleague):
    exported = export_of(agent)["needs"]
    assert [need["title"] for need in exported["begun"]] == ["De l’ombre sur une place minérale"]
    assert [step["action"] for step in exported["steps"]] == ["begin"]
    assert export_of(colleague)["needs"] == {"begun": [], "steps": []}
    agent.memberships.update(contributes=False)
    assert "typed" not in export_of(agent)["needs"]["begun"][0]


def test_messages_are_in_the_readers_language(signed_in, ready):
    type_in(ready, title="")
    with override("en"):
        page = submit(signed_in, ready).content.decode()
    assert "What is still missing" in page
    assert gettext("What is still missing")
