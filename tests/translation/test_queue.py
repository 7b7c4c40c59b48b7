"""What translators find in the admin: what waits, what changed since, and nothing that is not theirs."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail_localize.models import StringSegment

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

QUEUE = "wagtail_localize:translations_report"


@pytest.fixture
def page():
    return factories.ProjectPageFactory(
        title="Places libres",
        problem="<p>Les conducteurs cherchent une place pendant douze minutes.</p><p>Les livreurs aussi.</p>",
    )


@pytest.fixture
def translated(translator, page):
    translation = translator.submit(page)
    translator.write_all(translation)
    translator.publish(translation)
    return translation


@pytest.fixture
def changed(translated, page, publish):
    page.problem = "<p>Les conducteurs cherchent une place pendant vingt minutes.</p><p>Les livreurs aussi.</p>"
    publish(page)
    return translated


@pytest.fixture
def as_translator(client):
    """Signs in somebody who only translates."""

    def run():
        user = factories.UserFactory()
        user.groups.add(Group.objects.get(name="Translators"))
        client.force_login(user)
        return user

    return run


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_queue_says_how_much_is_to_be_translated(client, changed):
    assert "1 passage sur 5 à traduire" in text(client.get(reverse(QUEUE)))
    assert "Places libres" in text(client.get(reverse(QUEUE), {"waiting_for_translation": "true"}))
    assert "Places libres" not in text(client.get(reverse(QUEUE), {"waiting_for_translation": "false"}))


def test_the_admin_s_home_says_that_something_waits(client, changed):
    assert "a des passages à traduire" in text(client.get(reverse("wagtailadmin_home")))


def test_nothing_is_said_where_nothing_waits(client, translated):
    assert "passages à traduire" not in text(client.get(reverse("wagtailadmin_home")))


def test_what_changed_stands_beside_what_it_was_and_how_it_was_translated(client, changed):
    content = text(client.get(reverse("translation:changes", args=[changed.pk])))
    assert "Les conducteurs cherchent une place pendant vingt minutes." in content
    assert "<del>douze</del><ins>vingt</ins>" in content
    assert "EN Les conducteurs cherchent une place pendant douze minutes." in content
    assert "Les livreurs aussi." not in content


def test_a_new_passage_is_told_from_a_changed_one(client, translated, page, publish):
    page.problem += "<p>Tout autre chose, sans rapport.</p>"
    publish(page)
    content = text(client.get(reverse("translation:changes", args=[translated.pk])))
    assert "Nouveau passage" in content


def test_the_queue_can_be_exported(client, changed):
    response = client.get(reverse(QUEUE), {"export": "csv"})
    assert "Places libres" in b"".join(response.streaming_content).decode()


def test_a_translator_translates_but_does_not_publish(client, as_translator, changed, translator):
    as_translator()
    segment = StringSegment.objects.filter(source=changed.source, string__data__contains="vingt").get()
    assert translator.put(changed, segment, "For twenty minutes.").status_code == 201
    edit = reverse("wagtailadmin_pages:edit", args=[changed.get_target_instance().pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"action": "publish"}).status_code in (302, 403)
    assert "For twenty minutes." not in changed.get_target_instance().problem
    assert client.get(reverse(QUEUE)).status_code == 200
    assert client.get(reverse("translation:changes", args=[changed.pk])).status_code == 200
    assert client.get(reverse("wagtail_localize:download_pofile", args=[changed.pk])).status_code == 200


def test_a_translator_can_do_nothing_else_to_pages(client, as_translator, translated, page, english):
    original_of_english = factories.ArticlePageFactory(title="Autre").copy_for_translation(english)
    original_of_english.save_revision().publish()
    target = translated.get_target_instance()
    as_translator()
    addresses = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[original_of_english.pk]),
        reverse("wagtailadmin_pages:delete", args=[target.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[target.pk]),
        reverse("wagtailadmin_pages:move", args=[target.pk]),
        reverse("wagtailadmin_pages:copy", args=[target.pk]),
        reverse("wagtail_localize:convert_to_alias", args=[target.pk]),
        reverse("wagtailadmin_pages:add", args=["resources", "articlepage", target.get_parent().pk]),
    ]
    for address in addresses:
        for response in (client.get(address), client.post(address, {"title": "X"})):
            # Wagtail answers a refusal by leading back to the admin's home.
            assert response.status_code in (302, 403), address
            assert response.status_code == 403 or response.url == reverse("wagtailadmin_home"), address
    client.post(reverse("wagtail_localize:stop_translation", args=[translated.pk]))
    translated.refresh_from_db()
    assert translated.enabled
    target.refresh_from_db()
    assert target.live
    assert target.title == "EN Places libres"


@pytest.mark.parametrize("model", ["theme", "programme"])
def test_a_translator_can_not_rename_what_is_filed(client, as_translator, model):
    entry = {"theme": factories.ThemeFactory, "programme": factories.ProgrammeFactory}[model]()
    as_translator()
    address = reverse(f"wagtailsnippets_taxonomy_{model}:edit", args=[entry.pk])
    response = client.post(address, {"name": "Autre", "slug": "autre"})
    assert response.status_code in (302, 403)
    entry.refresh_from_db()
    assert entry.name != "Autre"


def test_a_visitor_reaches_none_of_it(client, changed):
    client.logout()
    for address in (
        reverse(QUEUE),
        reverse("translation:changes", args=[changed.pk]),
        reverse("wagtail_localize:download_pofile", args=[changed.pk]),
    ):
        assert "/login/" in client.get(address).url
