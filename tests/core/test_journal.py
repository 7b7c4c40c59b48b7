import pytest
from django.urls import reverse
from wagtail.log_actions import registry

from metropole.core import audit
from metropole.core.audit import record
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(monkeypatch):
    """Two changes of rights, in two organisations."""
    monkeypatch.setitem(audit._labels, "tests.rights", "rights changed")
    registry.scan_for_actions()
    audit.tell_wagtail(registry)
    owner = UserFactory(first_name="Ada")
    for name in ("Bondy", "Antony"):
        membership = MembershipFactory(organisation__name=name)
        record(
            membership, "tests.rights", owner, organisation=membership.organisation, before={"rights": []},
            after={"rights": ["contributes"]},
            reason=f"On demand of {name}.",
        )  # fmt: skip


def test_the_journal_says_who_did_what_for_whom_and_why(client, changed):
    client.force_login(UserFactory(administrator=True))
    page = client.get(reverse("journal:index")).text
    assert "Rights changed" in page
    assert ": – → " in page
    assert "contribue – pour Bondy – On demand of Bondy." in page
    assert "Ada" in page


def test_the_journal_of_one_organisation_is_found(client, changed):
    client.force_login(UserFactory(administrator=True))
    page = client.get(reverse("journal:index"), {"organisation": "ond"}).text
    assert "On demand of Bondy." in page
    assert "On demand of Antony." not in page


def test_it_is_taken_away_as_a_table(client, changed):
    client.force_login(UserFactory(administrator=True))
    table = b"".join(client.get(reverse("journal:index"), {"export": "csv"})).decode()
    assert "Rights changed" in table or "rights changed" in table
    assert "On demand of Antony." in table


def test_who_may_not_see_a_membership_does_not_read_of_it(client, changed):
    client.force_login(UserFactory(group="Translators"))
    page = client.get(reverse("journal:index"))
    assert page.status_code == 200
    assert "On demand" not in page.text


def test_the_menu_names_the_journal_once(client):
    client.force_login(UserFactory(administrator=True))
    page = client.get(reverse("wagtailadmin_home")).text
    assert reverse("journal:index") in page
    assert reverse("wagtailadmin_reports:site_history") not in page
