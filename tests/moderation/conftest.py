"""A commune with a contributor, its page, and the people of the Métropole who decide."""

import pytest
from django.contrib.auth.models import Group
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.factories import ArticlePageFactory, MembershipFactory, UserFactory


def make_moderator(**fields):
    moderator = UserFactory(**fields)
    moderator.groups.add(Group.objects.get(name="Moderators"))
    return moderator


@pytest.fixture
def moderator(db):
    return make_moderator()


@pytest.fixture
def membership(db):
    return MembershipFactory(contributes=True)


@pytest.fixture
def contributor(membership):
    return membership.person


@pytest.fixture
def commune(membership):
    return membership.organisation


@pytest.fixture
def draft(commune):
    return ArticlePageFactory(organisations=[commune], is_draft=True)


@pytest.fixture
def article(commune):
    return ArticlePageFactory(organisations=[commune])


def change(page, title="Un autre titre", by=None):
    """Saves another version of a page, as a form would."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    page.title = title
    page.save_revision(user=by)
    return type(page).objects.get(pk=page.pk)


def editor_form(page, **typed) -> dict:
    """What the editor of an article sends."""
    filled = {"title": page.title, "slug": page.slug, "summary": page.summary, "licence": page.licence, "tags": ""}
    owners = {"organisations": [owner.pk for owner in page.organisations.all()]}
    return nested_form_data(filled | {"body": streamfield([])}) | owners | typed
