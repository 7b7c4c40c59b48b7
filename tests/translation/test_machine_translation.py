"""A machine may propose words where the operator says so; the site does without."""

import pytest
from django.urls import reverse

from metropole.translation.progress import missing_passages
from tests import factories

pytestmark = pytest.mark.django_db

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def translation(translator):
    return translator.submit(factories.ArticlePageFactory(title="Places libres"))


def test_nothing_is_sent_to_a_machine_unless_the_settings_say_so(client, translation):
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    assert client.post(address).status_code == 404
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    assert "&quot;machineTranslator&quot;: null" in client.get(edit).content.decode()


def test_what_a_machine_proposes_is_a_draft_until_somebody_publishes_it(client, translation, translator, settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    client.post(reverse("wagtail_localize:machine_translate", args=[translation.pk]))
    assert not missing_passages(translation).exists()
    assert not translation.get_target_instance().live
    translator.publish(translation)
    assert translation.get_target_instance().live
