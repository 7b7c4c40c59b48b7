"""Translating as translators do it: through the admin's own addresses."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation

from tests.factories import UserFactory


@pytest.fixture
def english(db):
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def editor(client, db):
    """An editor who is signed in and may publish every page."""
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


class Translator:
    """What somebody does to translate a page into English, through the admin."""

    def __init__(self, client, locale, commit):
        self.client, self.locale, self.commit = client, locale, commit

    def submit(self, page):
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        with self.commit():
            response = self.client.post(url, {"locales": [self.locale.pk]})
        assert response.status_code == 302
        return Translation.objects.get(source__object_id=page.translation_key, target_locale=self.locale)

    def write(self, translation, words):
        """Types the words of some passages; ``words`` maps a passage of the original to its translation."""
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
            if segment.string.data in words:
                response = self.put(translation, segment, words[segment.string.data])
                assert response.status_code in (200, 201)

    def put(self, translation, segment, text):
        url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        return self.client.put(url, f"value={text}", content_type="application/x-www-form-urlencoded")

    def write_all(self, translation, prefix="EN "):
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context"):
            text = f"{segment.string.data}-en" if segment.context.path == "slug" else f"{prefix}{segment.string.data}"
            assert self.put(translation, segment, text).status_code in (200, 201)

    def publish(self, translation):
        page = translation.get_target_instance()
        with self.commit():
            return self.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})

    def published(self, page):
        return page.get_translation(self.locale).specific


@pytest.fixture
def translator(client, editor, english, django_capture_on_commit_callbacks):
    return Translator(client, english, lambda: django_capture_on_commit_callbacks(execute=True))


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publishes a page as an editor does."""

    def run(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return run


@pytest.fixture
def english_translator(client, english):
    """A translator into English, signed in, who has no other role."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Translators"))
    client.force_login(user)
    return user
