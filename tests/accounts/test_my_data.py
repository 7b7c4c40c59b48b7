import datetime as dt
import json

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from metropole.accounts.closing import ClosingRefusedError, close_account
from metropole.accounts.models import Collection, Favourite, ProConnectIdentity, User
from metropole.accounts.retention import close_unused_accounts
from metropole.core.audit import record
from metropole.core.personal_data import PersonalData, export_of, kinds_of_personal_data, register_personal_data
from metropole.notifications.delivery import deliver
from metropole.notifications.models import Mail, MailChoices, Notification
from metropole.organisations.enums import MembershipState
from metropole.organisations.models import Membership
from tests.factories import MembershipFactory, OrganisationFactory, ProjectPageFactory, UserFactory

from .people import PASSWORD, add_app, app_code, make_person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADDRESS = "jeanne.petit@example.org"
DATA = "/en/workspace/my-data/"


@pytest.fixture
def jeanne(db) -> User:
    """Somebody with some of all that the site keeps."""
    jeanne = make_person(email=ADDRESS, first_name="Jeanne", last_name="Petit", language="en")
    add_app(jeanne)
    ProConnectIdentity.objects.create(user=jeanne, sub="sub-1", siret="21930001600015")
    collection = Collection.objects.create(person=jeanne, name="À lire")
    Favourite.objects.create(person=jeanne, kind="need", ref="1", title="Ombre", language="fr", collection=collection)
    mail = Mail.objects.create(person=jeanne)
    Notification.objects.create(person=jeanne, kind="account.unused", event="e", words={"day": "1"}, mail=mail)
    MailChoices.objects.create(person=jeanne)
    return jeanne


@pytest.fixture
def own(client, jeanne):
    client.force_login(jeanne)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def close(client):
    return client.post(f"{DATA}close/", {"understood": "on"})


def test_the_page_says_of_each_kind_what_for_and_how_long(own):
    page = own.get(DATA).content.decode()
    kinds = kinds_of_personal_data()
    assert {
        "profile",
        "sign_in",
        "sessions",
        "log",
        "memberships",
        "invitations",
        "agreements",
        "notifications",
        "favourites",
    } <= {kind.name for kind in kinds}
    assert page.count("Kept:") == len(kinds)


def test_the_file_holds_all_that_is_kept_and_nobody_elses(own, jeanne):
    MembershipFactory(person=jeanne, organisation=OrganisationFactory(name="Ville de Bondy", commune=True), owns=True)
    membership = MembershipFactory(person=make_person(email="autre@example.org"))
    record(membership, "organisations.membership.end", jeanne)
    response = own.get(f"{DATA}export/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    data = json.loads(response.content)
    assert data["profile"]["e_mail"] == ADDRESS
    assert data["sign_in"]["proconnect"]["sub"] == "sub-1"
    assert [one["type"] for one in data["sign_in"]["second_factors"]] == ["totp", "recovery_codes"]
    assert data["memberships"][0]["organisation"] == "Ville de Bondy"
    assert data["memberships"][0]["rights"] == ["owns"]
    assert data["favourites"]["favourites"][0]["title"] == "Ombre"
    assert data["notifications"]["news"][0]["subject"]
    assert [entry["action"] for entry in data["log"]] == ["organisations.membership.end"]
    assert "secret" not in response.content.decode()


def test_closing_asks_first_who_one_is(client, jeanne):
    client.force_login(jeanne)
    for answer in (client.get(f"{DATA}close/"), close(client)):
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_reauthenticate"))
    assert User.objects.get().is_active


def test_closing_with_a_second_factor(client):
    person = make_person()
    secret = add_app(person)
    client.force_login(person)
    client.get(f"{DATA}close/")
    client.post(reverse("mfa_reauthenticate"), {"code": app_code(secret)})
    assert close(client).status_code == 302
    assert not User.objects.get().is_active


def test_closing_needs_the_box_to_be_ticked(own):
    response = own.post(f"{DATA}close/", {"something": "else"})
    assert response.status_code == 200
    assert response.context["form"].errors["understood"]
    assert User.objects.get().is_active


def test_a_closed_account_names_nobody_and_its_work_stays(own, jeanne, django_capture_on_commit_callbacks):
    membership = MembershipFactory(person=jeanne, contributes=True)
    page = ProjectPageFactory(owner=jeanne)
    record(membership, "wagtail.edit", jeanne, after={"asked_by": ADDRESS})
    elsewhere = Client()
    sign_in(elsewhere, jeanne)
    with django_capture_on_commit_callbacks(execute=True):
        response = close(own)
    assert response.status_code == 302
    assert "closed" in own.get(response.url, follow=True).content.decode().lower()
    for client in (own, elsewhere):
        assert client.get("/en/workspace/").status_code == 302
    closed = User.objects.get(pk=jeanne.pk)
    assert (closed.first_name, closed.last_name, closed.is_active) == ("", "", False)
    assert str(jeanne.pk) in str(closed)
    for model in (EmailAddress, Authenticator, ProConnectIdentity, UserSession, Collection, Favourite, Notification,
                  Mail, MailChoices):  # fmt: skip
        assert not model.objects.exists(), model
    membership.refresh_from_db()
    assert (membership.state, membership.person) == (MembershipState.LEFT, closed)
    page.refresh_from_db()
    assert (page.owner, page.live) == (closed, True)
    entries = {entry.action: entry for entry in ModelLogEntry.objects.all()}
    assert {"wagtail.edit", "organisations.membership.end", "accounts.user.close"} <= set(entries)
    assert entries["wagtail.edit"].user == closed
    kept = " ".join(f"{entry.label} {json.dumps(entry.data)}" for entry in entries.values())
    assert "Petit" not in kept
    assert ADDRESS not in kept
    assert [letter.to for letter in outbox.outbox] == [[ADDRESS]]
    deliver()
    assert len(outbox.outbox) == 1


def test_the_address_of_a_closed_account_opens_nothing_and_is_free_again(own, client, jeanne):
    close(own)
    assert sign_in(client, User(email=ADDRESS)).status_code == 200
    assert User.objects.create_user(ADDRESS)


def test_a_homonym_keeps_their_name_in_the_log(jeanne):
    homonym = MembershipFactory(person=UserFactory(first_name="Jeanne", last_name="Petit"))
    record(homonym, "organisations.membership.end", None)
    close_account(jeanne, by=jeanne)
    assert "Jeanne Petit" in ModelLogEntry.objects.get(action="organisations.membership.end").label


def test_closing_twice_changes_nothing_more(jeanne):
    close_account(jeanne, by=jeanne)
    close_account(jeanne, by=jeanne)
    assert ModelLogEntry.objects.filter(action="accounts.user.close").count() == 1


def test_the_last_owner_hands_over_first(own, jeanne):
    owned = MembershipFactory(person=jeanne, owns=True)
    colleague = MembershipFactory(organisation=owned.organisation)
    page = own.get(f"{DATA}close/").content.decode()
    assert str(owned.organisation) in page
    assert "understood" not in page
    assert close(own).status_code == 200
    assert User.objects.get(pk=jeanne.pk).is_active
    with pytest.raises(ClosingRefusedError):
        close_account(jeanne, by=jeanne)
    colleague.owns = True
    colleague.save()
    assert close(own).status_code == 302


def test_who_is_alone_in_an_organisation_may_leave_it(own, jeanne):
    MembershipFactory(person=jeanne, owns=True)
    assert close(own).status_code == 302
    assert Membership.objects.get().state == MembershipState.LEFT


def test_a_server_that_takes_no_mail_keeps_nobody(own, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    with django_capture_on_commit_callbacks(execute=True):
        assert close(own).status_code == 302
    assert not User.objects.get().is_active


def test_two_kinds_of_data_do_not_share_a_name():
    kind = kinds_of_personal_data()[0]
    with pytest.raises(ValueError, match=kind.name):
        register_personal_data(PersonalData(kind.name, "", "", "", export_of))


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def pass_days(clock, days):
    clock.shift(dt.timedelta(days=days))
    close_unused_accounts()


def test_an_account_that_nobody_uses_is_announced_a_month_before_and_closed(jeanne, clock):
    jeanne.last_login = timezone.now()
    jeanne.save()
    Mail.objects.all().delete()
    pass_days(clock, 3 * 365 - 31)
    assert deliver() == 0
    pass_days(clock, 1)
    close_unused_accounts()
    assert deliver() == 1
    assert (timezone.localtime() + dt.timedelta(days=30)).strftime("%Y") in outbox.outbox[0].subject
    pass_days(clock, 29)
    assert User.objects.get().is_active
    pass_days(clock, 1)
    assert not User.objects.get().is_active
    assert ModelLogEntry.objects.get(action="accounts.user.close").user is None


def test_who_signs_in_after_the_announcement_keeps_the_account(jeanne, clock):
    jeanne.last_login = timezone.now()
    jeanne.save()
    pass_days(clock, 3 * 365 - 30)
    jeanne.refresh_from_db()
    jeanne.last_login = timezone.now() + dt.timedelta(days=1)
    jeanne.save()
    pass_days(clock, 30)
    assert User.objects.get().is_active
    assert User.objects.get().told_unused_at is None
    pass_days(clock, 3 * 365 - 59)
    assert User.objects.get().told_unused_at


def test_nobody_is_closed_without_a_months_notice_even_when_nothing_ran_for_long(jeanne, clock):
    pass_days(clock, 10 * 365)
    assert User.objects.get().is_active
    pass_days(clock, 30)
    assert not User.objects.get().is_active


def test_the_last_owner_who_is_gone_for_years_keeps_nothing_open(jeanne, clock):
    owned = MembershipFactory(person=jeanne, owns=True)
    MembershipFactory(organisation=owned.organisation, person=UserFactory(administrator=True))
    pass_days(clock, 3 * 365)
    pass_days(clock, 30)
    assert not User.objects.get(pk=jeanne.pk).is_active


def test_the_site_does_not_close_its_administrators(clock):
    administrator = UserFactory(administrator=True)
    pass_days(clock, 9 * 365)
    pass_days(clock, 31)
    administrator.refresh_from_db()
    assert administrator.is_active
