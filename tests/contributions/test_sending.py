"""A contribution is checked, sent once, read by moderators, mended, published, and changed while it is online."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from metropole.contributions.models import Contribution
from metropole.moderation import services as moderation
from metropole.moderation.enums import ContentState
from metropole.moderation.models import ChangeRequest
from metropole.organisations.models import LegalText
from resources.models import ArticlePage, KitPage, PracticePage, ProjectPage, ResourceIndexPage
from tests.factories import ArticlePageFactory, MembershipFactory, PracticePageFactory

from .conftest import STORY, at, form_of, publish, send

pytestmark = pytest.mark.django_db


def change(client, contribution, number, **fields):
    url = at("step", contribution.pk, number)
    response = client.post(url, form_of(client, url) | fields)
    assert response.status_code == 302
    contribution.refresh_from_db()


def test_what_is_missing_is_listed_with_the_way_to_each_field(signed_in, draft):
    response = signed_in.get(at("check", draft.pk))
    ways = {lack.field: url for lack, url in response.context["lacking"]}
    assert set(ways) == {"title", "summary", "themes", *STORY}
    assert ways["what_did_not_work"] == at("step", draft.pk, 2) + "?check=1#id_what_did_not_work"
    page = signed_in.get(ways["what_did_not_work"]).content.decode()
    assert 'id="id_what_did_not_work"' in page
    assert 'aria-invalid="true"' in page
    response = send(signed_in, draft)
    assert response.context["lacking"]
    assert not Page.objects.type(PracticePage).exists()


def test_what_did_not_work_is_owed_in_a_practice(signed_in, ready):
    ready.data["what_did_not_work"] = "  \n "
    ready.save()
    assert [lack.field for lack, _url in send(signed_in, ready).context["lacking"]] == ["what_did_not_work"]


def test_a_complete_practice_becomes_a_page_that_waits_for_a_moderator(signed_in, ready, commune, agent, theme, frame):
    response = send(signed_in, ready)
    assert response.redirect_chain[-1][0] == at("contribution", ready.pk)
    page = PracticePage.objects.get()
    assert (page.live, page.owner, page.slug) == (False, agent, "des-velos-sur-la-place")
    assert page.get_parent().specific == frame.sections[ResourceIndexPage]
    latest = page.get_latest_revision_as_object()
    assert latest.context == "<p>Une place encombrée.</p><ul><li>des voitures</li><li>du bruit</li></ul>"
    assert list(page.organisations.all()) == [commune]
    assert (list(page.themes.all()), list(page.territories.all())) == ([theme], [commune.territory])
    assert moderation.state_of(page) == ContentState.SUBMITTED
    ready.refresh_from_db()
    assert (ready.page_id, ready.state) == (page.pk, "sent")


def test_sending_again_changes_nothing(signed_in, ready):
    for _time in range(3):
        send(signed_in, ready)
    assert PracticePage.objects.count() == 1
    assert PracticePage.objects.get().revisions.count() == 1


def test_what_a_colleague_changed_since_one_checked_is_not_sent_unread(signed_in, ready, colleague, client):
    response = signed_in.get(at("check", ready.pk))
    version = response.context["contribution"].version
    ready.data["title"], ready.version = "Autre", ready.version + 1
    ready.save()
    signed_in.post(at("check", ready.pk), {"version": version})
    assert not PracticePage.objects.exists()
    for version in ("", "x", "9" * 30, "-1"):
        assert signed_in.post(at("check", ready.pk), {"version": version}).status_code == 302
    assert not PracticePage.objects.exists()


def test_two_pages_of_the_same_title_have_addresses_of_their_own(signed_in, ready, agent, commune):
    twin = Contribution.objects.create(kind="practice", organisation=commune, author=agent, data=ready.data)
    send(signed_in, ready)
    send(signed_in, twin)
    assert sorted(PracticePage.objects.values_list("slug", flat=True)) == [
        "des-velos-sur-la-place", "des-velos-sur-la-place-2"]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "model", "data"),
    [
        ("project", ProjectPage, {"problem": "Trop.", "stage": "trial", "started_on": "2026-01-01"}),
        ("kit", KitPage, {"steps": "1. Lire"}),
        ("article", ArticlePage, {"body": "Un texte.\n\n- un", "source_url": "https://example.org/"}),
    ],
)
def test_every_kind_becomes_its_page(signed_in, ready, commune, kind, model, data):
    common = {name: ready.data[name] for name in ("title", "summary", "themes", "territories")}
    other = Contribution.objects.create(kind=kind, organisation=commune, data=common | data)
    send(signed_in, other)
    page = model.objects.get()
    assert page.title == "Des vélos sur la place"
    if kind == "article":
        assert page.body[0].value.source == "<p>Un texte.</p><ul><li>un</li></ul>"


def test_what_the_page_itself_refuses_is_said_at_its_field(signed_in, ready, commune):
    common = {name: ready.data[name] for name in ("title", "summary", "themes")}
    dates = {"started_on": "2026-02-01", "ended_on": "2026-01-01"}
    project = Contribution.objects.create(
        kind="project", organisation=commune, data=common | dates | {"problem": "Trop.", "stage": "trial"}
    )
    [(lack, url)] = send(signed_in, project).context["lacking"]
    assert lack.field == "ended_on"
    assert url.startswith(at("step", project.pk, 3))
    assert not ProjectPage.objects.exists()
    project.refresh_from_db()
    assert project.is_being_written


def test_who_has_not_agreed_to_the_terms_is_led_there_and_comes_back(signed_in, ready):
    LegalText.objects.create(kind="terms", text_fr="<p>Soyez aimables.</p>", effective_at=timezone.now())
    response = signed_in.post(at("check", ready.pk), {"version": ready.version})
    assert at("check", ready.pk) in response.url.replace("%2F", "/")
    assert not PracticePage.objects.exists()


# --- Changes requested, and changes to what is online ---------------------------------------------


def test_what_is_asked_for_stands_at_its_field_and_is_ticked_off_once_mended(signed_in, ready, moderator):
    send(signed_in, ready)
    ready.refresh_from_db()
    asked = [("what_did_not_work", "Dites ce qui a manqué."), ("cost", "Sur quelle durée ?")]
    moderation.request_changes(ready.page, moderator, asked)
    listed = signed_in.get(at("index")).content.decode()
    assert gettext("changes requested").capitalize() in listed
    hub = signed_in.get(at("contribution", ready.pk)).content.decode()
    assert "Dites ce qui a manqué." in hub
    assert signed_in.post(at("take_up", ready.pk)).url == at("contribution", ready.pk)
    assert (
        f"{at('step', ready.pk, 2)}#id_what_did_not_work"
        in signed_in.get(at("contribution", ready.pk)).content.decode()
    )
    story = signed_in.get(at("step", ready.pk, 2)).content.decode()
    assert "Dites ce qui a manqué." in story
    assert gettext("Changed since it was asked:") not in story
    change(signed_in, ready, 2, what_did_not_work="Du temps a manqué.")
    assert gettext("Changed since it was asked:") in signed_in.get(at("step", ready.pk, 2)).content.decode()
    send(signed_in, ready)
    assert moderation.state_of(ready.page) == ContentState.SUBMITTED
    # Settled is what was mended; the other stays for the moderator to see.
    assert [request.field for request in ChangeRequest.objects.filter(settled_at=None)] == ["cost"]
    assert PracticePage.objects.get().revisions.count() == 2


def test_what_was_sent_is_only_changed_once_it_is_taken_back(signed_in, ready):
    send(signed_in, ready)
    url = at("step", ready.pk, 1)
    assert signed_in.get(url).url == at("contribution", ready.pk)
    response = signed_in.post(url, {"title": "Trop tard"})
    assert response.status_code == 200
    assert "Trop tard" in response.content.decode()
    ready.refresh_from_db()
    assert ready.data["title"] == "Des vélos sur la place"
    signed_in.post(at("take_up", ready.pk))
    ready.refresh_from_db()
    assert ready.is_being_written
    assert moderation.state_of(ready.page) == ContentState.DRAFT


def test_the_published_version_stays_online_while_the_new_one_is_written_and_read(signed_in, ready, moderator, client):
    send(signed_in, ready)
    publish(ready, moderator)
    url = ready.page.url
    assert "Moins de bruit." in signed_in.get(url).content.decode()
    signed_in.post(at("take_up", ready.pk))
    change(signed_in, ready, 1, summary="Presque plus de bruit.")
    assert "Moins de bruit." in signed_in.get(url).content.decode()
    send(signed_in, ready)
    assert moderation.state_of(ready.page) == ContentState.PUBLISHED_UNDER_REVISION
    assert "Moins de bruit." in signed_in.get(url).content.decode()
    publish(ready, moderator)
    assert "Presque plus de bruit." in signed_in.get(url).content.decode()


def test_giving_changes_up_leaves_what_is_published_alone(signed_in, ready, moderator):
    send(signed_in, ready)
    publish(ready, moderator)
    signed_in.post(at("take_up", ready.pk))
    change(signed_in, ready, 1, summary="Autre.")
    signed_in.post(at("delete", ready.pk))
    ready.refresh_from_db()
    assert not ready.is_being_written
    signed_in.post(at("take_up", ready.pk))
    assert form_of(signed_in, at("step", ready.pk, 1))["summary"] == "Moins de bruit."


def test_a_content_that_editors_made_is_taken_up_by_its_organisation_alone(signed_in, commune, stranger):
    page = PracticePageFactory(
        organisations=[commune], context='<p>Un <b>mot</b> <a href="https://a.example/">là</a></p>'
    )
    other = ArticlePageFactory()
    assert signed_in.get(at("of_page", other.pk)).status_code == 404
    assert signed_in.post(at("of_page", other.pk)).status_code == 404
    assert signed_in.get(at("of_page", page.pk)).status_code == 200
    assert not Contribution.objects.exists()
    response = signed_in.post(at("of_page", page.pk))
    contribution = Contribution.objects.get()
    assert response.url == at("contribution", contribution.pk)
    signed_in.post(at("take_up", contribution.pk))
    assert form_of(signed_in, at("step", contribution.pk, 2))["context"] == "Un mot là (https://a.example/)"
    signed_in.force_login(stranger)
    assert signed_in.get(at("of_page", page.pk)).status_code == 404


def test_what_is_not_changed_keeps_the_look_that_editors_gave_it(signed_in, commune, theme):
    page = PracticePageFactory(organisations=[commune], themes=[theme], context="<p>Un <b>mot</b></p>",
                               body='[{"type": "heading", "value": "Titre"}]')  # fmt: skip
    signed_in.post(at("of_page", page.pk))
    contribution = Contribution.objects.get()
    signed_in.post(at("take_up", contribution.pk))
    change(signed_in, contribution, 2, results="Mieux.")
    send(signed_in, contribution)
    latest = PracticePage.objects.get().get_latest_revision_as_object()
    assert (latest.context, latest.results) == ("<p>Un <b>mot</b></p>", "<p>Mieux.</p>")
    assert latest.body[0].value == "Titre"


def test_an_editor_who_changed_the_page_meanwhile_is_not_overwritten(signed_in, ready, moderator):
    send(signed_in, ready)
    publish(ready, moderator)
    signed_in.post(at("take_up", ready.pk))
    change(signed_in, ready, 1, summary="À nous.")
    edited = ready.page.get_latest_revision_as_object()
    edited.summary, edited.cost = "À eux.", "Rien"
    edited.save_revision(user=moderator)
    response = send(signed_in, ready)
    assert response.status_code == 409
    [difference] = response.context["differences"]
    assert "À eux." in difference.theirs_html + difference.yours_html or "eux" in difference.theirs_html
    response = signed_in.post(at("follow", ready.pk), {})
    assert response.status_code == 409
    signed_in.post(at("follow", ready.pk), {"choice-summary": "mine"})
    send(signed_in, ready)
    latest = PracticePage.objects.get().get_latest_revision_as_object()
    assert (latest.summary, latest.cost) == ("À nous.", "Rien")


def test_one_person_of_two_organisations_sends_each_under_its_own_name(client, ready, agent):
    other = MembershipFactory(person=agent, contributes=True).organisation
    client.force_login(agent)
    send(client, ready)
    assert list(PracticePage.objects.get().organisations.all()) == [ready.organisation]
    assert other not in PracticePage.objects.get().organisations.all()
