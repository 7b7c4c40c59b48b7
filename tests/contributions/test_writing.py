"""A contribution is begun, written in steps, never lost, and only its organisation's."""

import json

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page

from metropole.contributions.models import Contribution
from metropole.organisations.enums import Verification
from metropole.search.building import public_documents
from tests.accounts.people import make_person, sign_in
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .conftest import STORY, at, form_of

pytestmark = pytest.mark.django_db


def test_an_agent_begins_a_practice_for_their_commune_and_is_led_through_its_steps(signed_in, commune, agent):
    response = signed_in.post(at("new"), {"kind": "practice", "organisation": commune.pk})
    draft = Contribution.objects.get()
    assert (draft.organisation, draft.author, draft.page) == (commune, agent, None)
    assert response.url == at("step", draft.pk, 1)
    typed = form_of(signed_in, response.url)
    assert typed["territories"] == [str(commune.territory_id)]
    response = signed_in.post(response.url, typed | {"title": "Des vélos", "go_on": "1"})
    assert response.url == at("step", draft.pk, 2)
    last = at("step", draft.pk, 3)
    assert signed_in.post(last, form_of(signed_in, last) | {"cost": "peu", "go_on": "1"}).url == at("files", draft.pk)
    draft.refresh_from_db()
    assert (draft.data["title"], draft.data["cost"]) == ("Des vélos", "peu")


def test_one_who_contributes_for_nobody_is_told_how_to_join(client):
    client.force_login(MembershipFactory().person)
    page = client.get(at("new")).content.decode()
    assert gettext("You contribute for no organisation yet.") in page
    assert client.post(at("new"), {"kind": "practice"}).status_code == 200
    assert not Contribution.objects.exists()


def test_nothing_is_begun_for_somebody_elses_organisation(signed_in, stranger):
    other = stranger.memberships.get().organisation
    response = signed_in.post(at("new"), {"kind": "practice", "organisation": other.pk})
    assert response.context["form"].errors["organisation"]
    assert not Contribution.objects.exists()


def test_an_organisation_that_waits_for_its_verification_begins_nothing(client, frame):
    waiting = OrganisationFactory(verification=Verification.WAITING)
    client.force_login(MembershipFactory(organisation=waiting, contributes=True).person)
    client.post(at("new"), {"kind": "practice", "organisation": waiting.pk})
    assert not Contribution.objects.exists()


SCREENS = [("contribution",), ("step", 1), ("choose", 1), ("close",), ("files",), ("check",), ("follow",), ("preview",),
           ("take_up",), ("delete",)]  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen[0])
def test_somebody_elses_draft_is_not_there(client, draft, stranger, screen, method):
    name, *more = screen
    client.force_login(stranger)
    assert getattr(client, method)(at(name, draft.pk, *more)).status_code == 404
    client.force_login(UserFactory(administrator=True))
    assert getattr(client, method)(at(name, draft.pk, *more)).status_code == 404
    assert getattr(client, method)(at(name, draft.pk + 999, *more)).status_code == 404
    client.logout()
    assert getattr(client, method)(at(name, draft.pk, *more)).status_code == 302
    assert Contribution.objects.filter(pk=draft.pk, version=0).exists()


def test_a_colleague_goes_on_and_one_who_may_no_more_does_not(client, draft, colleague):
    client.force_login(colleague)
    client.post(at("step", draft.pk, 1), form_of(client, at("step", draft.pk, 1)) | {"title": "À deux"})
    draft.refresh_from_db()
    assert draft.data["title"] == "À deux"
    assert "À deux" in client.get(at("index")).content.decode()
    colleague.memberships.update(contributes=False)
    assert client.get(at("step", draft.pk, 1)).status_code == 404
    assert "À deux" not in client.get(at("index")).content.decode()


def test_a_draft_is_only_data(signed_in, ready, rebuild_index):
    assert not Page.objects.filter(title__contains="vélos").exists()
    assert not any("vélos" in document.title for document in public_documents())
    rebuild_index()
    for path in ("/fr/recherche/?q=place", "/sitemap.xml", "/fr/recherche/flux.atom", "/api/v1/search?q=place"):
        assert "Des vélos sur la place" not in signed_in.get(path, follow=True).content.decode()
    response = signed_in.get(at("step", ready.pk, 1))
    assert "no-store" in response.headers["Cache-Control"]


def test_what_is_typed_is_kept_as_it_was_typed_however_wrong(signed_in, draft):
    url = at("step", draft.pk, 1)
    response = signed_in.post(url, form_of(signed_in, url) | {"date": "le 32 mars", "summary": "é" * 200_000})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"date", "summary"}
    assert response.content.decode().split("<title>")[1].startswith(gettext("Error"))
    again = form_of(signed_in, url)
    assert (again["date"], len(again["summary"])) == ("le 32 mars", 200_000)
    # The form that says what is wrong can be sent again as it is.
    form = response.context["form"]
    repeated = {name: value for name in form.fields if (value := form[name].value())}
    assert signed_in.post(url, repeated | {"date": "2026-03-31", "summary": "Court."}).status_code == 302


def test_characters_that_no_database_takes_are_left_out(signed_in, draft):
    url = at("step", draft.pk, 1)
    signed_in.post(url, form_of(signed_in, url) | {"title": "a\x00b"})
    draft.refresh_from_db()
    assert draft.data["title"] == "ab"


def test_forged_fields_change_nothing(signed_in, draft, stranger):
    other = stranger.memberships.get().organisation
    forged = {"live": "1", "owner": stranger.pk, "organisation": other.pk, "state": "sent", "author": stranger.pk,
              "page": 1, "version": 99, "kind": "article", "slug": "x", "what_did_not_work": "autre étape"}  # fmt: skip
    url = at("step", draft.pk, 1)
    signed_in.post(url, form_of(signed_in, url) | forged | {"title": "Vrai"})
    kept = Contribution.objects.get()
    assert (kept.organisation, kept.author, kept.state, kept.page, kept.kind) == (
        draft.organisation, draft.author, "writing", None, "practice")  # fmt: skip
    assert not {"live", "owner", "organisation", "state", "slug", "what_did_not_work"} & set(kept.data)
    assert (kept.data["title"], kept.version) == ("Vrai", 1)


@pytest.mark.parametrize("seen", ["", "[", "[]", '{"title": 3}', "null", "9" * 5000])
def test_an_unreadable_state_of_the_form_overwrites_nothing(signed_in, ready, seen):
    url = at("step", ready.pk, 1)
    response = signed_in.post(url, form_of(signed_in, url) | {"seen": seen, "title": "Autre"})
    assert response.status_code == 409
    ready.refresh_from_db()
    assert ready.data["title"] == "Des vélos sur la place"


def test_a_draft_is_deleted_once_it_is_confirmed(signed_in, draft):
    assert draft.organisation.name in signed_in.get(at("contribution", draft.pk)).content.decode()
    assert signed_in.get(at("delete", draft.pk)).status_code == 200
    assert Contribution.objects.exists()
    assert signed_in.post(at("delete", draft.pk)).url == at("index")
    assert not Contribution.objects.exists()


def test_the_preview_is_the_public_page_and_says_that_it_is_one(signed_in, ready):
    response = signed_in.get(at("preview", ready.pk))
    page = response.content.decode()

    assert "resources/practice_page.html" in [template.name for template in response.templates]
    for words in (
        "Des vélos sur la place",
        "<li>des voitures</li>",
        "Deux fois plus de vélos",
        gettext("Preview: nobody else sees this page."),
    ):
        assert words in page
    assert 'content="noindex"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_an_empty_draft_has_a_preview_too(signed_in, draft):
    assert signed_in.get(at("preview", draft.pk)).status_code == 200


@pytest.mark.parametrize("kind", ["practice", "project", "kit", "article"])
def test_every_kind_has_its_steps_in_both_languages(signed_in, commune, kind):
    for language in ("fr", "en"):
        with override(language):
            signed_in.post(at("new"), {"kind": kind, "organisation": commune.pk})
            draft = Contribution.objects.first()
            for number in (1, 2):
                response = signed_in.get(at("step", draft.pk, number))
                assert f'<html lang="{language}"' in response.content.decode()
            assert signed_in.get(at("step", draft.pk, 9)).status_code == 404
            assert signed_in.get(at("check", draft.pk)).context["lacking"]


# --- Saved while one types, and whatever happens to the session ---------------------------------------------

JSON = {"headers": {"accept": "application/json"}}


def test_what_is_typed_is_saved_by_itself(signed_in, draft):
    url = at("step", draft.pk, 1)
    typed = form_of(signed_in, url)
    first = signed_in.post(url, typed | {"title": "Un"}, **JSON)
    assert first.status_code == 200
    second = signed_in.post(url, typed | {"title": "Un deux", "seen": json.dumps(first.json()["seen"])}, **JSON)
    assert second.status_code == 200
    draft.refresh_from_db()
    assert (draft.data["title"], draft.version) == ("Un deux", 2)


def test_saving_the_same_again_is_no_new_version(signed_in, draft):
    url = at("step", draft.pk, 1)
    typed = form_of(signed_in, url) | {"title": "Un"}
    for _time in range(3):
        signed_in.post(url, typed, **JSON)
    draft.refresh_from_db()
    assert draft.version == 1


def test_signed_out_meanwhile_the_browser_is_told_where_to_sign_in(signed_in, draft):
    url = at("step", draft.pk, 1)
    typed = form_of(signed_in, url)
    signed_in.logout()
    response = signed_in.post(url, typed | {"title": "Perdu ?"}, **JSON)
    assert response.status_code == 401
    assert response.json()["url"].startswith("/fr/compte/")


def test_what_is_posted_signed_out_is_saved_after_signing_in(frame):
    client = Client()
    person = make_person()
    commune = MembershipFactory(person=person, contributes=True).organisation
    sign_in(client, person)
    client.post(at("new"), {"kind": "practice", "organisation": commune.pk})
    draft = Contribution.objects.get()
    url = at("step", draft.pk, 2)
    typed = form_of(client, url)
    client.logout()
    response = client.post(url, typed | STORY)
    assert response.status_code == 302
    assert not Contribution.objects.get().data.get("context")
    assert client.get(response.url).status_code == 200
    response = client.post(response.url, {"login": person.email, "password": "quatorze-platanes-9", "next": url})
    assert response.url == url
    response = client.get(url, follow=True)
    assert {name: Contribution.objects.get().data[name] for name in STORY} == STORY
    assert "Une place encombrée." in response.content.decode()
    # Once: what is changed since is not overwritten by coming again.
    client.post(url, form_of(client, url) | {"advice": "Oser."})
    client.get(url)
    assert Contribution.objects.get().data["advice"] == "Oser."


def test_what_was_kept_for_one_does_not_reach_somebody_elses_draft(client, draft, stranger):
    url = at("step", draft.pk, 2)
    client.post(url, STORY)
    client.force_login(stranger)
    assert client.get(url).status_code == 404
    draft.refresh_from_db()
    assert "context" not in draft.data


def test_a_token_that_is_too_old_loses_nothing_and_saves_nothing(agent, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    url = at("step", draft.pk, 2)
    typed = form_of(client, url) | STORY
    response = client.post(url, typed, headers={"origin": "http://testserver"})
    assert response.status_code == 403
    assert "Les capteurs sont tombés en panne." in response.content.decode()
    assert "context" not in Contribution.objects.get().data
    token = str(response.context["csrf_token"])
    assert client.post(url, typed | {"csrfmiddlewaretoken": token}).status_code == 302
    assert Contribution.objects.get().data["context"] == STORY["context"]


def test_what_another_site_sends_is_shown_as_text_alone(agent, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    response = client.post(at("step", draft.pk, 2), STORY, headers={"origin": "https://evil.example"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "readonly" in page
    assert 'method="post"' not in page.split("<main")[1].split("</main>")[0]
    assert "context" not in Contribution.objects.get().data
