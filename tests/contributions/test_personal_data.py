"""What is kept of who contributes: it is theirs to take along, and their organisation's to keep."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from metropole.accounts.closing import close_account
from metropole.contributions.kinds import kind_named
from metropole.contributions.models import Contribution
from metropole.contributions.services import begin
from metropole.core.personal_data import export_of
from metropole.organisations import members
from metropole.organisations.models import Membership
from tests.accounts.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def draft(commune, agent) -> Contribution:
    draft = begin(kind_named("practice"), commune, agent)
    draft.data = {"title": "Parkings partagés", "context": "Une place."}
    draft.save()
    return draft


def exported(person) -> list[dict]:
    return export_of(person)["contributions"]


def test_the_export_holds_the_drafts_with_what_was_typed(client, draft, agent, colleague, commune):
    client.force_login(agent)
    (kept,) = json.loads(client.get("/en/workspace/my-data/export/").content)["contributions"]
    assert (kept["title"], kept["state"], kept["organisation"]) == ("Parkings partagés", "writing", commune.name)
    assert kept["typed"]["context"] == "Une place."
    assert exported(colleague) == []


def test_who_has_left_does_not_read_what_colleagues_go_on_writing(draft, agent, colleague):
    members.leave(Membership.objects.get(person=agent), agent)
    (kept,) = exported(agent)
    assert kept["kind"] == "practice"
    assert "Parkings" not in str(kept)


def test_a_draft_outlives_the_account_of_who_began_it(client, draft, agent, colleague, commune):
    close_account(agent, by=agent)
    draft.refresh_from_db()
    assert (draft.organisation, draft.title) == (commune, "Parkings partagés")
    assert draft.author.get_full_name() == ""
    client.force_login(colleague)
    address = reverse("contributions:contribution", args=[draft.pk])
    assert client.get(address, follow=True).status_code == 200
    assert draft.title in client.get(reverse("contributions:index")).text


def test_who_closes_the_account_is_shown_the_drafts_to_hand_over(client, draft, agent):
    agent.set_password(PASSWORD)
    agent.save()
    EmailAddress.objects.create(user=agent, email=agent.email, verified=True, primary=True)
    client.force_login(agent)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("close_account")).text
    assert reverse("contributions:contribution", args=[draft.pk]) in page
    assert "Parkings partagés" in page


def test_the_home_shows_what_the_organisation_contributes_and_a_stranger_nothing(
    client, draft, agent, colleague, stranger
):
    for person, sees in ((agent, True), (colleague, True), (stranger, False)):
        client.force_login(person)
        page = client.get(reverse("workspace")).text
        assert ("Parkings partagés" in page) == sees
        assert (reverse("contributions:contribution", args=[draft.pk]) in page) == sees
