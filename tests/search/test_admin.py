import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from metropole.search.engines import get_stores
from metropole.search.models import MOST_ATTEMPTS, Delivery
from metropole.search.rebuilding import rebuild
from tests.factories.people import UserFactory

from .groups import BROKEN, register_groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("search_admin:indexes")


@pytest.fixture
def visit(client):
    """A browser signed in as somebody of a group of the admin."""

    def visit(group):
        user = UserFactory()
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return visit


@pytest.fixture
def given_up():
    """Two contents that the index refused too often."""
    register_groups()
    contents = Group.objects.bulk_create([Group(name=f"{BROKEN} {number}") for number in (1, 2)])
    for store in get_stores():
        rebuild(store)
    assert Delivery.objects.dead().count() == 2
    return contents


def mend(content):
    Group.objects.filter(pk=content.pk).update(name="réparé")


def test_the_changes_given_up_are_listed_with_their_reason(visit, address, given_up):
    page = visit("Editors").get(address).content.decode()
    assert "impossible 1" in page
    assert "This group cannot be told." in page
    assert str(MOST_ATTEMPTS) in page


def test_a_content_set_right_is_tried_again_alone(visit, address, given_up):
    mend(given_up[0])
    delivery = Delivery.objects.get(document_key=f"auth.group:{given_up[0].pk}")
    response = visit("Editors").post(address, {"action": "retry", "delivery": delivery.pk}, follow=True)
    assert "1 modification transmise à son index." in response.content.decode()
    assert get_stores()[0].digests().keys() >= {delivery.document_key}
    assert [one.attempts for one in Delivery.objects.all()] == [MOST_ATTEMPTS]


def test_all_are_tried_again_at_once_and_what_is_refused_again_is_said(visit, address, given_up):
    mend(given_up[0])
    response = visit("Editors").post(address, {"action": "retry"}, follow=True)
    assert "1 modification transmise" in response.content.decode()
    assert "1 modification de nouveau refusée" in response.content.decode()


def test_discarding_is_for_those_who_may(visit, address, given_up):
    assert visit("Editors").post(address, {"action": "discard"}).status_code == 302
    assert Delivery.objects.count() == 2
    visit("Moderators").post(address, {"action": "discard"})
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "-1", "²"])
def test_an_absurd_choice_touches_nothing(visit, address, given_up, key):
    assert visit("Moderators").post(address, {"action": "discard", "delivery": key}).status_code == 302
    assert Delivery.objects.count() == 2


def test_others_see_nothing_of_it(visit, address, given_up):
    client = visit("Translators")
    assert client.get(address).status_code == 302
    assert "search-indexes" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_home_of_the_admin_says_it_in_a_line(visit, given_up):
    assert (
        "2 modifications n’ont pas pu être transmises"
        in visit("Editors").get(reverse("wagtailadmin_home")).content.decode()
    )


def test_the_home_of_the_admin_says_nothing_when_all_is_well(visit):
    assert "search-indexes" not in str(visit("Editors").get(reverse("wagtailadmin_home")).context["panels"])
