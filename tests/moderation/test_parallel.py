"""Of several who decide at once, one decides."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from metropole.moderation import deletion, services
from metropole.moderation.enums import ContentState
from metropole.moderation.models import DeletionRequest
from metropole.notifications.models import Notification
from tests.factories import ArticlePageFactory, MembershipFactory

from .conftest import make_moderator

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(act) -> int:
    """How many of several at once succeed; the others are refused."""

    def attempt(_number: int) -> bool:
        try:
            act()
        except (ValidationError, PermissionDenied):
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(attempt, range(AT_ONCE)))


def test_a_page_is_submitted_approved_and_asked_to_be_removed_once():
    membership, moderator = MembershipFactory(contributes=True), make_moderator()
    author, commune = membership.person, membership.organisation
    page = ArticlePageFactory(organisations=[commune], is_draft=True)
    assert at_once(lambda: services.submit(page, author, commune)) == 1
    assert at_once(lambda: services.approve(page, moderator)) == 1
    assert services.state_of(page) == ContentState.PUBLISHED
    assert Notification.objects.filter(kind="content.published").count() == 1
    assert at_once(lambda: deletion.ask(page, author, commune, "Fermé.")) == 1
    asked = DeletionRequest.objects.get()
    assert at_once(lambda: deletion.grant(DeletionRequest.objects.get(pk=asked.pk), moderator)) == 1
    assert page.tombstones.count() == 1
