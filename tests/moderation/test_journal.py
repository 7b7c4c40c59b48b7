"""What Wagtail's own buttons do stands in the journal with the organisation, and the state before and after."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from metropole.core.tracking import forget_changes
from metropole.demo.frame import build_frame
from metropole.moderation import services
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from resources.models import ArticlePage, ResourceIndexPage
from tests.factories import NeedFactory, OrganisationFactory, ThemeFactory, UserFactory

from .conftest import change, editor_form

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def administrator(db):
    return UserFactory(administrator=True, first_name="Ada")


@pytest.fixture
def own(client, administrator):
    client.force_login(administrator)
    return client


def last(action: str, log=PageLogEntry):
    return log.objects.filter(action=f"wagtail.{action}").first()


def states(action: str, log=PageLogEntry) -> tuple:
    data = last(action, log).data
    return data["before"] and data["before"].get("state"), data["after"] and data["after"].get("state")


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_taking_a_page_offline(own, article, commune, administrator):
    own.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    entry = last("unpublish")
    assert (entry.user, entry.data["organisation"]) == (administrator, {"id": commune.pk, "name": commune.name})
    assert states("unpublish") == ("published", "unpublished")


def test_the_journal_shows_the_state_and_the_organisation_and_finds_it(own, article, commune):
    own.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    page = own.get(reverse("journal:index"), {"organisation": commune.name, "action": "wagtail.unpublish"})
    assert "état : en ligne → état : hors ligne" in page.text
    assert f"<td>{commune.name}</td>" in page.text
    table = b"".join(own.get(reverse("journal:index"), {"export": "csv"})).decode()
    assert "état : en ligne → état : hors ligne" in table
    history = own.get(reverse("wagtailadmin_pages:history", args=[article.pk])).text
    assert "état : en ligne → état : hors ligne" in history


def test_publishing_from_the_editor(own, draft):
    own.post(edit(draft), editor_form(draft, title="Un autre") | {"action-publish": "1"})
    assert states("publish") == ("draft", "published")


def test_a_new_page_that_is_published_at_once(own, commune):
    parent = build_frame().sections[ResourceIndexPage]
    new = ArticlePage(title="Ailleurs", slug="ailleurs", summary="Un résumé.")
    form = editor_form(new, organisations=[commune.pk]) | {"action-publish": "1"}
    own.post(reverse("wagtailadmin_pages:add", args=["resources", "articlepage", parent.pk]), form)
    assert states("create") == (None, "draft")
    assert states("publish") == ("draft", "published")
    assert last("create").data["organisation"]["name"] == commune.name


def test_deleting_a_page(own, article, commune):
    own.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    assert states("delete") == ("published", None)
    assert last("delete").data["organisation"]["name"] == commune.name


def test_submitting_from_the_editor(own, draft, commune):
    own.post(edit(draft), editor_form(draft) | {"action-submit": "1"})
    assert states("workflow.start") == ("draft", "submitted")
    assert last("workflow.start").data["organisation"]["name"] == commune.name


def test_submitting_a_new_version_and_taking_it_back(own, article):
    own.post(edit(article), editor_form(article, title="Plus juste") | {"action-submit": "1"})
    assert states("workflow.start") == ("published", "published_under_revision")
    own.post(edit(article), editor_form(article, title="Plus juste") | {"action-cancel-workflow": "1"})
    assert states("workflow.cancel") == ("published_under_revision", "published")


def test_saving_a_draft_changes_no_state(own, article):
    own.post(edit(article), editor_form(article, title="Plus juste"))
    assert states("edit") == ("published", "published")
    page = own.get(reverse("journal:index"), {"action": "wagtail.edit"}).text
    assert "en ligne →" not in page


def test_a_page_of_several_organisations_names_them_all(own, article, commune):
    other = OrganisationFactory(name="Zup")
    article.organisations = [commune, other]
    article.save()
    own.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    assert last("unpublish").data["organisation"]["name"] == f"{commune.name}, Zup"
    assert "Zup" in own.get(reverse("journal:index"), {"organisation": "Zup"}).text


def test_what_is_done_outside_of_any_request_is_told_as_well(article):
    article.refresh_from_db()
    article.unpublish()
    assert states("unpublish") == ("published", "unpublished")
    change(article).get_latest_revision().publish()
    assert states("publish") == ("unpublished", "published")


def test_an_organisation_says_what_of_it_was_changed(own, commune):
    url = reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[commune.pk])
    before = commune.name
    typed = {
        "kind": "commune", "name": "Nouveau nom", "slug": commune.slug, "territory": commune.territory_id,
        "siren": commune.siren or "", "siret": "", "website": "", "description": "", "sector": "", "size": "",
        "town": "", "postal_code": "", "email_domains-TOTAL_FORMS": "0", "email_domains-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert own.post(url, typed).status_code == 302
    data = last("edit", ModelLogEntry).data
    assert data["organisation"] == {"id": commune.pk, "name": "Nouveau nom"}
    assert (data["before"]["name"], data["after"]["name"]) == (before, "Nouveau nom")
    assert "kind" not in data["after"]
    assert f"nom : {before} → nom : Nouveau nom" in own.get(reverse("journal:index")).text


def test_a_snippet_is_told_from_its_beginning_to_its_end(own):
    theme = ThemeFactory(name="Eau")
    own.post(reverse("wagtailsnippets_taxonomy_theme:delete", args=[theme.pk]))
    assert not Theme.objects.filter(pk=theme.pk).exists()
    data = last("delete", ModelLogEntry).data
    assert (data["before"]["name"], data["after"]) == ("Eau", None)


def test_the_text_of_a_need_is_its_authoritys(own):
    need = NeedFactory()
    text = need.original
    forget_changes()
    text.unpublish()
    data = last("unpublish", ModelLogEntry).data
    assert (data["before"], data["after"]) == ({"state": "published"}, {"state": "draft"})
    assert data["organisation"]["id"] == need.organisation_id


def test_what_the_services_write_themselves_is_left_as_it_is(own, draft, commune, contributor):
    services.submit(draft, contributor, commune)
    entry = PageLogEntry.objects.get(action="moderation.content.submit")
    assert entry.data["before"] == {"state": "draft"}
    assert entry.data["organisation"]["id"] == commune.pk
    assert states("workflow.start") == ("draft", "submitted")
