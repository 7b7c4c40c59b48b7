"""A commune with a contributor, its page, and the people of the Métropole who decide."""

import pytest
from django.contrib.auth.models import Group

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
