import pytest
from django.urls import reverse

from metropole.territory.loading import load_territory
from metropole.territory.models import Territory
from tests.factories import ProjectPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = "wagtailsnippets_territory_territory:list"


@pytest.fixture
def admin(client):
    load_territory()
    client.force_login(UserFactory(administrator=True))
    return client


def listed(admin, **parameters) -> list[str]:
    return [territory.slug for territory in admin.get(reverse(LIST), parameters).context["object_list"]]


@pytest.mark.parametrize(
    ("words", "slug"), [("Pierrefitte", "saint-denis"), ("75056", "paris"), ("T8", "est-ensemble")]
)
def test_a_territory_is_found_by_its_other_names_and_codes(admin, words, slug):
    assert listed(admin, q=words) == [slug]


def test_territories_are_filtered_by_department(admin):
    assert len(listed(admin, department="91")) == 6


def test_editors_see_how_much_content_each_has(admin):
    ProjectPageFactory(territories=[Territory.objects.get(slug="antony")])
    found = admin.get(reverse(LIST), {"q": "Antony"}).context["object_list"]
    assert [territory.usage_count for territory in found] == [1]


def test_an_other_name_that_is_taken_is_refused_beside_its_field(admin):
    sceaux = Territory.objects.get(slug="sceaux")
    url = reverse("wagtailsnippets_territory_territory:edit", args=[sceaux.pk])
    form = admin.get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {"aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 0, "aliases-0-name": "T8", "aliases-0-id": ""}
    response = admin.post(url, data)
    assert response.status_code == 200
    assert response.context["form"].formsets["aliases"].errors[0]["name"]
