"""What editors do in the admin reaches the search by itself."""

import pytest

from metropole.organisations.models import Organisation
from metropole.taxonomy.models import SynonymGroup
from metropole.territory.models import TerritoryAlias
from tests.factories import CommuneFactory, MetropoleFactory, NeedFactory, OrganisationFactory, ProjectPageFactory


@pytest.fixture
def commit(rebuild_index, django_capture_on_commit_callbacks):
    """Runs what follows as if it were committed at the end of the ``with``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(client, words: str) -> list[str]:
    results = client.get("/api/v1/search", {"q": words}).json()["results"]
    return [result["title"] for result in results if result["type"] != "organisation"]


def test_what_is_published_is_found_and_what_is_unpublished_is_not(client, commit):
    with commit():
        page = ProjectPageFactory(title="Ombrières de la gare")
    assert found(client, "ombrière") == ["Ombrières de la gare"]
    with commit():
        page.unpublish()
    assert found(client, "ombrière") == []


def test_a_draft_and_the_draft_of_a_published_page_are_never_found(client, commit):
    with commit():
        ProjectPageFactory(title="Brouillon discret", is_draft=True)
        page = ProjectPageFactory(title="Ombrières")
        page.title = "Changement discret"
        page.save_revision()
    assert found(client, "discret") == []
    assert found(client, "ombrières") == ["Ombrières"]


def test_a_page_made_private_is_no_longer_found(client, commit):
    with commit():
        page = ProjectPageFactory(title="Ombrières")
    with commit():
        page.view_restrictions.create(restriction_type="login")
    assert found(client, "ombrières") == []


def test_content_is_found_by_the_new_name_of_who_carries_it(client, commit):
    with commit():
        company = OrganisationFactory(name="Ancienne Société")
        ProjectPageFactory(title="Capteurs", organisations=[company])
    with commit():
        company = Organisation.objects.get(pk=company.pk)
        company.name = "Nouvelle Enseigne"
        company.save()
    assert found(client, "enseigne") == ["Capteurs"]


def test_content_is_found_by_the_former_name_of_its_commune(client, commit):
    MetropoleFactory()
    commune = CommuneFactory(name="Saint-Denis", slug="saint-denis")
    TerritoryAlias.objects.create(territory=commune, name="Pierrefitte-sur-Seine")
    with commit():
        ProjectPageFactory(title="Jardin partagé", territories=[commune])
    assert found(client, "pierrefitte") == ["Jardin partagé"]


def test_an_editors_synonym_counts_without_a_new_index(client, commit):
    with commit():
        ProjectPageFactory(title="Restauration scolaire")
    assert found(client, "cantine") == []
    with commit():
        SynonymGroup.objects.create(terms="cantine\nrestauration scolaire")
    assert found(client, "cantine") == ["Restauration scolaire"]


def test_only_published_needs_are_found(client, commit):
    with commit():
        NeedFactory(title="Besoin public")
        NeedFactory(title="Besoin secret", draft=True)
    assert found(client, "besoin") == ["Besoin public"]
