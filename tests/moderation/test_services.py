"""A content on its way to its readers: what each person may do, and what it does."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from metropole.core.lifecycle import TransitionRefusedError
from metropole.moderation import services
from metropole.moderation.enums import ContentState
from metropole.moderation.models import ChangeRequest
from metropole.notifications.models import Notification
from tests.factories import ArticlePageFactory, MembershipFactory, UserFactory

from .conftest import change, make_moderator


def kinds(person) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_draft_is_submitted_then_published_by_a_moderator(draft, contributor, commune, moderator):
    assert services.state_of(draft) == ContentState.DRAFT
    services.submit(draft, contributor, commune)
    assert services.state_of(draft) == ContentState.SUBMITTED
    services.approve(draft, moderator)
    assert services.state_of(draft) == ContentState.PUBLISHED
    assert kinds(contributor) == ["content.submitted", "content.published"]
    assert [m.subject for m in mail.outbox] == []


def test_the_log_says_who_did_it_for_whom_and_what_it_changed(draft, contributor, commune):
    services.submit(draft, contributor, commune)
    entry = PageLogEntry.objects.get(action="moderation.content.submit")
    assert (entry.user, entry.data["organisation"]["id"]) == (contributor, commune.pk)
    assert (entry.data["before"], entry.data["after"]) == ({"state": "draft"}, {"state": "submitted"})


def test_the_published_version_stays_online_while_another_is_reviewed(article, contributor, commune, moderator, client):
    change(article, "Un titre relu", by=contributor)
    services.submit(article, contributor, commune)
    assert services.state_of(article) == ContentState.PUBLISHED_UNDER_REVISION
    assert "Un titre relu" not in client.get(article.url).content.decode()
    services.approve(article, moderator)
    assert "Un titre relu" in client.get(article.url).content.decode()


def test_what_is_published_unchanged_is_not_submitted(article, contributor, commune):
    with pytest.raises(TransitionRefusedError):
        services.submit(article, contributor, commune)


def test_what_is_in_review_is_not_submitted_twice(draft, contributor, commune):
    services.submit(draft, contributor, commune)
    with pytest.raises(TransitionRefusedError):
        services.submit(draft, contributor, commune)


def test_nobody_submits_for_an_organisation_whose_content_it_is_not(draft, contributor, commune):
    other = MembershipFactory(person=contributor, contributes=True).organisation
    with pytest.raises(PermissionDenied):
        services.submit(draft, contributor, other)
    with pytest.raises(PermissionDenied):
        services.submit(draft, MembershipFactory(organisation=commune).person, commune)
    assert services.state_of(draft) == ContentState.DRAFT


def test_requested_changes_are_told_with_their_field_and_reason(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    services.request_changes(draft, moderator, [("summary", "Dites combien."), ("", "Trop long.")])
    assert services.state_of(draft) == ContentState.CHANGES_REQUESTED
    assert [(made.field, made.reason) for made in services.open_requests(draft)] == [
        ("summary", "Dites combien."),
        ("", "Trop long."),
    ]
    told = Notification.objects.get(person=contributor, kind="content.changes_requested")
    assert "Dites combien." in told.words["reasons"]
    assert told.route == ["contributions:of_page", draft.pk]


def test_changes_are_not_requested_without_a_reason(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    with pytest.raises(TransitionRefusedError):
        services.request_changes(draft, moderator, [("summary", "  ")])
    assert services.state_of(draft) == ContentState.SUBMITTED
    assert not ChangeRequest.objects.exists()


def test_a_reason_of_200_000_characters_changes_nothing(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    for decision in (
        lambda: services.request_changes(draft, moderator, [("", "x" * 200_000)]),
        lambda: services.refuse(draft, moderator, "x" * 200_000),
    ):
        with pytest.raises(TransitionRefusedError):
            decision()
    assert services.state_of(draft) == ContentState.SUBMITTED


def test_a_changed_draft_is_submitted_again_and_a_settled_request_is_no_longer_open(
    draft, contributor, commune, moderator
):
    services.submit(draft, contributor, commune)
    services.request_changes(draft, moderator, [("summary", "Dites combien."), ("", "Trop long.")])
    first, second = services.open_requests(draft)
    services.settle(first, contributor)
    services.submit(draft, contributor, commune)
    assert services.state_of(draft) == ContentState.SUBMITTED
    assert list(services.open_requests(draft)) == [second]
    services.approve(draft, moderator)
    assert not services.open_requests(draft)


def test_a_refusal_ends_the_review_and_the_draft_stays(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    services.refuse(draft, moderator, "Ce n’est pas une pratique.")
    assert services.state_of(draft) == ContentState.DRAFT
    assert kinds(contributor) == ["content.submitted", "content.refused"]


def test_a_submission_is_taken_back_by_its_organisation_alone(draft, contributor, commune):
    services.submit(draft, contributor, commune)
    with pytest.raises(PermissionDenied):
        services.withdraw(draft, MembershipFactory(contributes=True).person)
    services.withdraw(draft, MembershipFactory(organisation=commune, contributes=True).person)
    assert services.state_of(draft) == ContentState.DRAFT


@pytest.mark.parametrize("administrator", [False, True])
def test_nobody_approves_what_they_submitted(commune, draft, administrator):
    author = make_moderator(is_superuser=administrator)
    services.submit(draft, author)
    with pytest.raises(PermissionDenied):
        services.approve(draft, author)
    assert services.state_of(draft) == ContentState.SUBMITTED


@pytest.mark.parametrize("administrator", [False, True])
def test_nobody_approves_what_their_organisation_submitted(draft, contributor, commune, administrator):
    colleague = make_moderator(is_superuser=administrator)
    MembershipFactory(person=colleague, organisation=commune)
    services.submit(draft, contributor, commune)
    for decision in (
        lambda: services.approve(draft, colleague),
        lambda: services.refuse(draft, colleague, "Non."),
        lambda: services.request_changes(draft, colleague, [("", "Non.")]),
    ):
        with pytest.raises(PermissionDenied):
            decision()
    assert services.state_of(draft) == ContentState.SUBMITTED


def test_who_is_no_moderator_decides_nothing(draft, contributor, commune):
    services.submit(draft, contributor, commune)
    for person in (UserFactory(), UserFactory(editor=True), contributor):
        with pytest.raises(PermissionDenied):
            services.approve(draft, person)


def test_who_has_changed_the_text_since_it_was_submitted_does_not_approve_it(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    change(draft, "Corrigé", by=moderator)
    with pytest.raises(TransitionRefusedError):
        services.approve(draft, moderator)
    services.approve(draft, make_moderator())
    assert services.state_of(draft) == ContentState.PUBLISHED


def test_another_version_than_the_one_that_was_read_is_not_approved(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    read = draft.latest_revision_id
    change(draft, "Autre chose", by=UserFactory(administrator=True))
    with pytest.raises(TransitionRefusedError):
        services.approve(draft, moderator, revision_id=read)


def test_a_second_approval_is_refused(draft, contributor, commune, moderator):
    services.submit(draft, contributor, commune)
    services.approve(draft, moderator)
    with pytest.raises(TransitionRefusedError):
        services.approve(draft, make_moderator())
    assert kinds(contributor).count("content.published") == 1


def test_a_content_of_several_organisations_is_not_approved_by_a_member_of_any(contributor, commune):
    reader = make_moderator()
    other = MembershipFactory(person=reader).organisation
    shared = ArticlePageFactory(organisations=[commune, other], is_draft=True)
    services.submit(shared, contributor, commune)
    with pytest.raises(PermissionDenied):
        services.approve(shared, reader)
