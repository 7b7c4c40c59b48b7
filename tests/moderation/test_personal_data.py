"""What moderation keeps of a person: they may take it with them, and it names them no more once they have gone."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from metropole.accounts.closing import close_account
from metropole.core.personal_data import export_of
from metropole.moderation import deletion, reports, services
from metropole.moderation.models import DeletionRequest, ErrorReport, Submission
from metropole.notifications.delivery import deliver
from metropole.notifications.enums import MailState
from metropole.notifications.models import Mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(contributor):
    """The second one is not the account's own."""
    for address, verified in ((contributor.email, True), ("perso@example.org", True), ("lui@example.org", False)):
        is_own = address == contributor.email
        EmailAddress.objects.create(user=contributor, email=address, verified=verified, primary=is_own)


def report(article, email):
    found = reports.find_page(article.pk)
    return reports.receive(found, kind="fact", text="Le prix est faux.", email=email, language="fr")


def test_the_export_holds_what_was_submitted_and_answered(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    services.refuse(draft, moderator, "Trop court.")
    (submission,) = export_of(contributor)["submissions"]
    assert submission["title"] == draft.title
    assert submission["organisation"] == commune.name
    assert submission["answer"] == "Trop court."
    assert submission["submitted_at"] <= timezone.now()
    assert export_of(moderator)["submissions"] == []


def test_the_export_holds_what_was_to_be_removed(article, contributor, commune, moderator):
    asked = deletion.ask(article, contributor, commune, "Fermé.")
    deletion.refuse(asked, moderator, "Utile encore.")
    (request,) = export_of(contributor)["deletion_requests"]
    assert (request["title"], request["reason"], request["state"], request["answer"]) == (
        article.title, "Fermé.", "refused", "Utile encore.",
    )  # fmt: skip
    assert export_of(UserFactory())["deletion_requests"] == []


def test_the_export_holds_the_errors_reported_from_a_persons_own_addresses_alone(article, contributor):
    for address in (contributor.email, "Perso@Example.org", "lui@example.org", "autre@example.org", ""):
        report(article, address)
    found = export_of(contributor)["error_reports"]
    assert [one["e_mail"] for one in found] == [contributor.email, "Perso@Example.org"]
    assert {one["text"] for one in found} == {"Le prix est faux."}


def test_who_closes_the_account_is_named_no_more_and_what_they_asked_stays(
    article, draft, contributor, commune, moderator
):
    address = contributor.email
    services.submit(draft, contributor, commune)
    asked = deletion.ask(article, contributor, commune, "Fermé.")
    for email in (address, "perso@example.org", "autre@example.org"):
        reports.close(report(article, email), moderator, "Merci.")
    close_account(contributor, by=contributor)
    assert [one.email for one in ErrorReport.objects.order_by("pk")] == ["", "", "autre@example.org"]
    assert {one.text for one in ErrorReport.objects.all()} == {"Le prix est faux."}
    submission = Submission.objects.get()
    assert (submission.submitted_by_id, submission.organisation) == (contributor.pk, commune)
    assert DeletionRequest.objects.get(pk=asked.pk).organisation == commune
    for kept in (submission.submitted_by, DeletionRequest.objects.get().asked_by):
        assert address not in f"{kept} {kept.email}"
    services.approve(draft, moderator)
    assert type(draft).objects.get(pk=draft.pk).live


def test_no_answer_goes_to_who_has_closed_the_account(article, contributor, moderator):
    reports.close(report(article, "perso@example.org"), moderator, "Merci.")
    close_account(contributor, by=contributor)
    deliver()
    assert Mail.objects.get(writer="report.answer").state == MailState.NONE


def test_the_file_can_be_written(client, article, draft, contributor, commune):
    services.submit(draft, contributor, commune)
    deletion.ask(article, contributor, commune, "Fermé.")
    report(article, contributor.email)
    client.force_login(contributor)
    data = json.loads(client.get("/en/workspace/my-data/export/").content)
    assert data["submissions"][0]["title"] == draft.title
    assert data["error_reports"][0]["title"] == article.title
