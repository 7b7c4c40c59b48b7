from uuid import uuid4

import pytest
from django.urls import reverse, translate_url
from django.utils.translation import override
from wagtail.models import Locale

from metropole.accounts.models import Collection, Favourite
from tests.factories import MetropoleFactory, NeedFactory, OrganisationFactory, ProjectPageFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = "/en/workspace/favourites/"


@pytest.fixture
def reader(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def project():
    return ProjectPageFactory(title="Capteurs de Sceaux")


def keep(client, kind, ref):
    return client.post("/en/workspace/favourites/add/", {"kind": kind, "ref": str(ref)})


def french(path):
    return translate_url(path, "fr")


def favourite_path(favourite):
    with override("fr"):
        return reverse("favourites:favourite", args=[favourite.pk])


def test_somebody_keeps_a_content_files_it_notes_something_and_removes_it(reader, person, project):
    page = reader.get(project.url).content.decode()
    assert "Garder dans mes favoris" in page or "Keep among my favourites" in page
    response = keep(reader, "content", project.translation_key)
    assert response.status_code == 302
    assert reader.get(response.url).status_code == 200
    reader.post(LIST, {"name": "Stationnement"})
    (favourite, collection) = (Favourite.objects.get(), Collection.objects.get())
    assert favourite_path(favourite) in reader.get(project.url).content.decode()
    screen = f"{LIST}{favourite.pk}/"
    assert reader.post(screen, {"collection": collection.pk, "note": "Appeler Sceaux"}).status_code == 302
    shown = reader.get(f"{LIST}collections/{collection.pk}/").content.decode()
    assert "Capteurs de Sceaux" in shown
    assert "Appeler Sceaux" in shown
    reader.post(f"{LIST}{favourite.pk}/remove/")
    assert not Favourite.objects.exists()


def test_every_kind_is_kept_and_found_again(reader, project):
    need, company = NeedFactory(), OrganisationFactory()
    for kind, ref in (("content", project.translation_key), ("need", need.pk), ("organisation", company.pk)):
        keep(reader, kind, ref)
    page = reader.get(LIST).content.decode()
    for words in (project.title, company.name, need.get_absolute_url().rsplit("/", 2)[1]):
        assert words in page


def test_a_content_is_one_favourite_in_whatever_language_it_is_read(reader, project):
    english = project.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Sensors"
    english.save_revision().publish()
    keep(reader, "content", project.translation_key)
    assert "Sensors" in reader.get(LIST).content.decode()
    assert "Capteurs de Sceaux" in reader.get(french(LIST)).content.decode()


@pytest.mark.parametrize("fate", ["unpublished", "deleted"])
def test_what_is_no_longer_online_keeps_its_title(reader, project, fate):
    keep(reader, "content", project.translation_key)
    project.unpublish() if fate == "unpublished" else project.delete()
    page = reader.get(LIST).content.decode()
    assert "Capteurs de Sceaux" in page
    assert project.url not in page
    assert reader.get(f"{LIST}{Favourite.objects.get().pk}/").status_code == 200
    assert reader.get(f"{LIST}favourites.csv").status_code == 200


@pytest.mark.parametrize(
    ("kind", "ref"),
    [("content", "x"), ("content", uuid4()), ("need", "9" * 40), ("need", "²"), ("nothing", "1"), ("", ""),
     ("organisation", "-1"), ("content", "x" * 100_000)],
)  # fmt: skip
def test_what_is_not_there_cannot_be_kept(reader, kind, ref):
    assert keep(reader, kind, ref).status_code == 404
    assert not Favourite.objects.exists()


def test_a_draft_cannot_be_kept(reader, project):
    project.unpublish()
    assert keep(reader, "content", project.translation_key).status_code == 404


def test_somebody_elses_are_not_there(reader, project):
    other = UserFactory()
    collection = Collection.objects.create(person=other, name="Secrète")
    favourite = Favourite.objects.create(person=other, kind="need", ref="1", title="Secret", language="fr")
    for path in (f"collections/{collection.pk}/", f"collections/{collection.pk}/delete/", f"{favourite.pk}/",
                 f"{favourite.pk}/remove/"):  # fmt: skip
        assert reader.post(LIST + path, {"name": "Mienne", "note": "x"}).status_code == 404
    keep(reader, "content", project.translation_key)
    own = Favourite.objects.get(kind="content")
    stolen = reader.post(f"{LIST}{own.pk}/", {"collection": collection.pk, "note": ""})
    assert stolen.context["form"].errors
    assert "Secr" not in reader.get(LIST).content.decode()
    assert Collection.objects.get().name == "Secrète"


def test_deleting_a_collection_keeps_what_is_in_it_once(reader, person, project):
    collection = Collection.objects.create(person=person, name="Une")
    keep(reader, "content", project.translation_key)
    Favourite.objects.update(collection=collection)
    keep(reader, "content", project.translation_key)
    Favourite.objects.create(person=person, collection=collection, kind="need", ref="1", title="Autre", language="fr")
    reader.post(f"{LIST}collections/{collection.pk}/delete/")
    assert sorted(Favourite.objects.values_list("title", "collection")) == [("Autre", None), (project.title, None)]


@pytest.mark.parametrize("name", ["", "x" * 10_000, "Une", "\x00"])
def test_a_name_that_will_not_do_is_said_and_kept_for_mending(reader, person, name):
    Collection.objects.create(person=person, name="Une")
    response = reader.post(LIST, {"name": name})
    assert response.status_code == 200
    assert response.context["form"].errors["name"]
    assert Collection.objects.count() == 1


def test_a_favourite_is_not_put_twice_into_a_collection(reader, person, project):
    collection = Collection.objects.create(person=person, name="Une")
    for put_into in (collection, None):
        Favourite.objects.create(person=person, kind="need", ref="1", title="A", language="fr", collection=put_into)
    loose = Favourite.objects.get(collection=None)
    response = reader.post(f"{LIST}{loose.pk}/", {"collection": collection.pk, "note": ""})
    assert response.context["form"].errors["collection"]


def test_a_file_of_favourites_runs_no_formula(reader, person):
    Favourite.objects.create(person=person, kind="need", ref="1", title="=1+1", note="@x", language="fr")
    text = reader.get(f"{LIST}favourites.csv").content.decode()
    assert "'=1+1" in text
    assert "'@x" in text


@pytest.mark.parametrize("page", ["0", "-1", "2", "x", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(reader, page):
    assert reader.get(f"{LIST}?page={page}").status_code == 404


def test_a_visitors_page_knows_nothing_of_favourites_and_sets_no_cookie(client, project):
    response = client.get(project.url)
    assert "favour" not in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_list_costs_the_same_however_much_is_kept(reader, person, django_assert_max_num_queries):
    MetropoleFactory()
    for number in range(8):
        keep(reader, "content", ProjectPageFactory(title=f"Projet {number}").translation_key)
        keep(reader, "need", NeedFactory().pk)
    reader.get(LIST)
    with django_assert_max_num_queries(24):
        reader.get(LIST)
