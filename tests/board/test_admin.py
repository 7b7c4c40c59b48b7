"""In the admin, the texts of needs are found, read and translated; the authorities' own words are left as they are."""

import pytest
from django.urls import reverse

from metropole.board.models import NeedText
from tests.factories import NeedFactory, NeedTextFactory, OrganisationFactory, UserFactory, language

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NAMES = "wagtailsnippets_board_needtext"
PEOPLE = pytest.mark.parametrize("person", [{"editor": True}, {"administrator": True}], ids=["editor", "administrator"])


@pytest.fixture
def need():
    need = NeedFactory(title="Ombrager la place", organisation=OrganisationFactory(name="Pantin", commune=True))
    NeedTextFactory(need=need, locale=language("en"), title="Shade the square", live=False)
    return need


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(editor=True))
    return client


def url(name: str, text: NeedText) -> str:
    return reverse(f"{NAMES}:{name}", args=[text.pk])


def listed(admin, **parameters) -> set[str]:
    return {text.title for text in admin.get(reverse(f"{NAMES}:list"), parameters).context["object_list"]}


def test_texts_are_found_by_their_words_their_authority_and_their_language(admin, need):
    NeedFactory(title="Trier les déchets")
    assert listed(admin) == {"Ombrager la place", "Shade the square", "Trier les déchets"}
    assert listed(admin, q="ombrager") == {"Ombrager la place"}
    assert listed(admin, q="pantin") == {"Ombrager la place", "Shade the square"}
    assert listed(admin, q="pantin", locale="en") == {"Shade the square"}


def test_the_list_tells_whose_texts_they_are_in_which_language_and_in_what_state(admin, need):
    page = admin.get(reverse(f"{NAMES}:list_results"), {"locale": "en"}).content.decode()
    row = page[page.index("<tbody") : page.index("</tbody")]
    assert all(words in row for words in ("Shade the square", "Pantin", "Anglais", "brouillon"))


@PEOPLE
def test_nobody_adds_a_text(client, need, person):
    client.force_login(UserFactory(**person))
    assert client.get(reverse(f"{NAMES}:add")).status_code == 302
    assert reverse(f"{NAMES}:add") not in client.get(reverse(f"{NAMES}:list")).content.decode()


@PEOPLE
def test_nobody_deletes_a_text_alone_or_with_others(client, need, person):
    client.force_login(UserFactory(**person))
    for text in need.texts.all():
        client.post(url("delete", text))
    several = reverse("wagtail_bulk_action", args=["board", "needtext", "delete"])
    client.post(f"{several}?{'&'.join(f'id={text.pk}' for text in need.texts.all())}")
    assert need.texts.count() == 2


@PEOPLE
@pytest.mark.parametrize("action", ["", "action-publish"])
def test_nobody_changes_an_authoritys_own_words(client, need, person, action):
    client.force_login(UserFactory(**person))
    original = need.original
    page = client.get(url("edit", original))
    assert page.status_code == 200
    assert "Ombrager la place" in page.content.decode()
    assert 'name="title"' not in page.content.decode()
    client.post(url("edit", original), {"title": "Autre chose", **({action: "1"} if action else {})})
    original.refresh_from_db()
    assert (original.title, original.latest_revision) == ("Ombrager la place", None)


def test_an_original_is_not_taken_off_the_site_but_a_translation_is(admin, need):
    translation = need.texts.get(locale=language("en"))
    translation.save_revision().publish()
    assert admin.post(url("unpublish", need.original)).status_code in (302, 403)
    assert admin.post(url("unpublish", translation)).status_code == 302
    assert set(NeedText.objects.filter(live=True)) == {need.original}


def test_someone_without_a_role_sees_no_text(client, need):
    client.force_login(UserFactory())
    assert client.get(url("edit", need.original)).status_code in (302, 403)
