"""What is the members' own: who reads it, and who does not."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from metropole.accounts.closing import close_account
from metropole.core.personal_data import export_of
from metropole.core.policy import policy
from metropole.notifications.models import Notification
from metropole.purchasing import groups, thread
from metropole.purchasing.models import Message
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .conftest import member_of

pytestmark = pytest.mark.one_database

SECRET = "Sentinelle-dodécaèdre"


def to(name, group, *args):
    return reverse(f"purchasing:{name}", args=[group.key, *args])


@pytest.fixture
def message(group, first):
    return thread.write(group, first.organisation, SECRET, first.person)


def outsiders(first, second):
    """Everybody but the agents of the members: each may not be wrong in the same way."""
    return {
        "visitor": None,
        "person": UserFactory(),
        "agent of another authority": MembershipFactory(contributes=True, engages=True).person,
        "member without rights": MembershipFactory(organisation=first.organisation).person,
        "who has asked to join": MembershipFactory(
            organisation=first.organisation, contributes=True, state="asked"
        ).person,
        "company": MembershipFactory(organisation=OrganisationFactory(), contributes=True, deposits=True).person,
        "editor": UserFactory(editor=True),
        "moderator": UserFactory(group="Moderators"),
        "translator": UserFactory(group="Translators"),
        "administrator": UserFactory(administrator=True),
    }


def test_nobody_but_the_members_agents_reads_a_word_anywhere(group, first, second, message):
    pages = [
        group.get_absolute_url(), group.presentation.get_absolute_url(), to("room", group), to("write", group),
        to("report", group, message.pk), to("remove", group, message.pk), to("check", group, "convention"),
        to("share", group, member_of(group, first).pk), to("leave", group, member_of(group, first).pk),
        to("step", group, "give_up"), to("coordinator", group), reverse("purchasing:mine"),
        reverse("purchasing_admin:groups"), reverse("purchasing_admin:group", args=[group.pk]),
        reverse("wagtailadmin_reports:site_history"),
    ]  # fmt: skip
    for who, person in outsiders(first, second).items():
        client = Client()
        if person:
            client.force_login(person)
        for page in pages:
            for answer in (client.get(page, follow=True), client.post(page, {"text": "x", "reason": "x"}, follow=True)):
                assert SECRET not in answer.content.decode(), f"{who}: {page}"
                assert answer.status_code < 500
        if person:
            own = [page for page in pages if page.startswith(to("room", group))]
            assert {client.get(page).status_code for page in own} == {404}, who
            assert not policy.may(person, "purchase_group.enter", group)
    assert group.messages.count() == 1


def test_the_agents_of_the_members_read_it_with_its_author_and_authority(as_person, group, first, second, message):
    first.person.first_name, first.person.last_name = "Ada", "Martin"
    first.person.save()
    engaging_alone = MembershipFactory(organisation=second.organisation, engages=True)
    for person in (first.person, second.person, engaging_alone.person):
        page = as_person(person).get(to("room", group)).content.decode()
        assert SECRET in page
        assert "Ada Martin" in page
        assert str(first.organisation) in page


def test_an_agent_of_a_company_that_carries_a_solution_does_not_enter_by_their_commune(as_person, group, second):
    company = OrganisationFactory()
    sheet = group.presentation.solutions.first().solution
    sheet.publisher = company
    sheet.save()
    MembershipFactory(person=second.person, organisation=company)
    assert as_person(second.person).get(to("room", group)).status_code == 404


def test_an_authority_that_is_not_verified_any_more_does_not_enter(as_person, group, second):
    second.organisation.verification = "refused"
    second.organisation.save()
    assert as_person(second.person).get(to("room", group)).status_code == 404


def test_others_are_told_that_something_was_written_and_not_what(
    as_person, group, first, second, django_capture_on_commit_callbacks
):
    first.person.last_name = "Dupont-Sentinelle"
    first.person.save()
    with django_capture_on_commit_callbacks(execute=True):
        typed = {"organisation": first.organisation_id, "text": SECRET}
        assert as_person(first.person).post(to("write", group), typed).status_code == 302
    news = Notification.objects.get(kind="purchase_message.written")
    assert news.person == second.person
    assert SECRET not in str(news.words)
    sent = " ".join(f"{letter.subject} {letter.body}" for letter in mail.outbox)
    assert SECRET not in sent
    assert "Dupont-Sentinelle" not in sent
    assert not ModelLogEntry.objects.filter(data__icontains="Sentinelle-dod").exists()


def test_what_is_written_is_escaped(as_person, group, first):
    thread.write(group, first.organisation, "<script>alert(1)</script>", first.person)
    page = as_person(first.person).get(to("room", group)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("text", ["", "   ", "a" * 3001])
def test_an_empty_or_endless_message_is_refused_and_kept(as_person, group, first, text):
    answer = as_person(first.person).post(to("write", group), {"organisation": first.organisation_id, "text": text})
    assert answer.status_code == 200
    assert answer.context["message_form"].errors["text"]
    assert text.strip() in answer.content.decode()
    with pytest.raises(ValidationError):
        thread.write(group, first.organisation, text, first.person)


def test_nobody_writes_in_the_name_of_another_authority(as_person, group, first, second):
    answer = as_person(first.person).post(to("write", group), {"organisation": second.organisation_id, "text": "Oui"})
    assert answer.context["message_form"].errors["organisation"]
    with pytest.raises(ValidationError):
        thread.write(group, second.organisation, "Oui", first.person)
    assert not group.messages.exists()


def test_who_writes_too_much_waits(as_person, group, first):
    person = as_person(first.person)
    typed = {"organisation": first.organisation_id, "text": "Encore"}
    answers = [person.post(to("write", group), typed).status_code for _number in range(21)]
    assert answers == [302] * 20 + [429]
    assert group.messages.count() == 20


def test_one_removes_ones_own_message_and_no_other(as_person, group, first, second, message):
    assert as_person(second.person).post(to("remove", group, message.pk)).status_code == 403
    as_person(first.person).post(to("remove", group, message.pk))
    message.refresh_from_db()
    assert (message.text, message.is_removed) == ("", True)
    page = as_person(second.person).get(to("room", group)).content.decode()
    assert SECRET not in page


def test_looking_at_the_address_removes_nothing(as_person, group, first, message):
    assert as_person(first.person).get(to("remove", group, message.pk)).status_code == 302
    message.refresh_from_db()
    assert message.text == SECRET


@pytest.mark.parametrize("pk", [999_999, 2**63, 10**30])
def test_a_message_that_is_not_there_is_not_found(as_person, group, first, pk):
    for name in ("remove", "report"):
        assert as_person(first.person).post(to(name, group, pk), {"reason": "?"}).status_code == 404


def test_a_message_of_another_group_is_not_found(as_person, presentation, group, first, message, say):
    say(first, 2)
    other = groups.form(presentation, "hardware", first.organisation, first.person)
    assert as_person(first.person).post(to("remove", other, message.pk)).status_code == 404


def test_a_moderator_reads_what_is_reported_and_nothing_else(as_person, group, first, second, message):
    thread.write(group, second.organisation, "Autre-sentinelle", second.person)
    moderator = UserFactory(group="Moderators")
    as_person(second.person).post(to("report", group, message.pk), {"reason": "Insultant"})
    assert Notification.objects.filter(person=moderator, kind="purchase_message.reported").exists()
    page = as_person(moderator).get(reverse("purchasing_admin:group", args=[group.pk])).content.decode()
    assert SECRET in page
    assert "Insultant" in page
    assert "Autre-sentinelle" not in page
    assert (
        SECRET
        not in as_person(UserFactory(editor=True))
        .get(reverse("purchasing_admin:group", args=[group.pk]))
        .content.decode()
    )


@pytest.mark.parametrize(("action", "text"), [("remove", ""), ("leave", SECRET)])
def test_a_moderator_decides_once_and_who_reported_is_told(as_person, group, second, message, action, text):
    thread.report(message, second.person, "Insultant")
    url = reverse("purchasing_admin:group", args=[group.pk])
    moderator = as_person(UserFactory(group="Moderators"))
    assert moderator.post(url, {"action": action, "message": message.pk}).status_code == 200
    message.refresh_from_db()
    assert message.text == text
    assert not message.is_reported
    assert SECRET not in moderator.get(url).content.decode()
    assert Notification.objects.filter(person=second.person, kind="purchase_message.settled").exists()
    with pytest.raises(ValidationError):
        thread.settle(message, UserFactory(group="Moderators"), removes=True)


def test_a_message_that_is_reported_waits_in_the_queue_of_moderators(as_person, group, second, message):
    moderator = as_person(UserFactory(group="Moderators"))
    queue, url = reverse("moderation_admin:queue"), reverse("purchasing_admin:group", args=[group.pk])
    assert url not in moderator.get(queue).content.decode()
    thread.report(message, second.person, "Insultant")
    waiting = moderator.get(queue).content.decode()
    assert url in waiting
    assert SECRET not in waiting
    moderator.post(url, {"action": "leave", "message": message.pk})
    assert url not in moderator.get(queue).content.decode()


def test_a_moderator_who_is_of_a_member_authority_does_not_decide(group, first, second, message):
    moderator = UserFactory(group="Moderators")
    MembershipFactory(person=moderator, organisation=first.organisation)
    thread.report(message, second.person, "Insultant")
    with pytest.raises(PermissionDenied):
        thread.settle(message, moderator, removes=True)


def test_a_message_that_nobody_reported_is_decided_by_nobody(as_person, group, message):
    url = reverse("purchasing_admin:group", args=[group.pk])
    moderator = as_person(UserFactory(group="Moderators"))
    for posted in (message.pk, "x", "", 10**30):
        assert moderator.post(url, {"action": "remove", "message": posted}).status_code == 404
    message.refresh_from_db()
    assert message.text == SECRET


def test_one_does_not_report_oneself_and_nothing_twice(group, first, second, message):
    with pytest.raises(PermissionDenied):
        thread.report(message, first.person, "?")
    thread.report(message, second.person, "Insultant")
    with pytest.raises(PermissionDenied):
        thread.report(message, second.person, "Insultant")


def test_a_report_without_a_reason_is_refused(as_person, group, second, message):
    answer = as_person(second.person).post(to("report", group, message.pk), {"reason": ""})
    assert answer.context["form"].errors["reason"]


def test_a_message_stays_when_its_author_leaves_and_without_a_name_when_the_account_is_closed(
    as_person, group, first, second, message
):
    first.person.last_name = "Sentinelle-nom"
    first.person.save()
    first.state = "left"
    first.save()
    page = as_person(second.person).get(to("room", group)).content.decode()
    assert SECRET in page
    assert "Sentinelle-nom" in page
    close_account(first.person, first.person)
    page = as_person(second.person).get(to("room", group)).content.decode()
    assert SECRET in page
    assert "Sentinelle-nom" not in page
    assert Message.objects.get().author is None


def test_ones_data_hold_what_one_said_and_wrote(group, first, message):
    data = export_of(first.person)
    assert data["purchasing_messages"]["written"][0]["text"] == SECRET
    assert data["purchasing"]["interests"][0]["organisation"] == first.organisation.name
    assert data["purchasing"]["groups_formed"]


def test_long_threads_have_pages(as_person, group, first):
    Message.objects.bulk_create(
        Message(
            group=group,
            organisation=first.organisation,
            author=first.person,
            text=f"Numéro {number}.",
            written_at=timezone.now() - dt.timedelta(minutes=number),
        )
        for number in range(51)
    )
    person = as_person(first.person)
    assert "Numéro 50." not in person.get(to("room", group)).content.decode()
    assert "Numéro 50." in person.get(to("room", group), {"page": 2}).content.decode()
    assert person.get(to("room", group), {"page": 3}).status_code == 404


def test_the_database_keeps_no_words_of_a_removed_message(message):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(removed_at=timezone.now())
