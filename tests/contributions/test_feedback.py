"""Several authorities add what they have learnt to one practice; and what is close to a title is found."""

import pytest

from metropole.contributions.models import Contribution
from metropole.moderation import services as moderation
from metropole.moderation.enums import ContentState
from metropole.search.building import public_documents
from resources.models import FeedbackPage
from tests.factories import PracticePageFactory, ProjectPageFactory

from .conftest import at, form_of, publish, send

pytestmark = pytest.mark.django_db
WORDS = {
    "summary": "Refait ici.",
    "context": "Une gare.",
    "what_worked": "Les arceaux.",
    "what_did_not_work": "Zinzolin.",
}


@pytest.fixture
def practice(frame):
    return PracticePageFactory(title="Des vélos à Antony")


def write_feedback(client, practice, membership) -> Contribution:
    client.force_login(membership.person)
    response = client.post(f"{at('new')}?about={practice.pk}", {"organisation": membership.organisation_id})
    url = response.url
    client.post(url, form_of(client, url) | WORDS)
    return Contribution.objects.get(about=practice, organisation=membership.organisation)


def test_an_authority_adds_its_feedback_which_is_read_by_moderators_then_shown_and_searched(
    client, practice, membership, moderator
):
    feedback = write_feedback(client, practice, membership)
    send(client, feedback)
    assert "Zinzolin" not in client.get(practice.url).content.decode()
    assert FeedbackPage.objects.get().get_parent().pk == practice.pk
    publish(feedback, moderator)
    page = client.get(practice.url).content.decode()
    assert membership.organisation.name in page
    assert "Zinzolin" in page
    [document] = [found for found in public_documents() if found.title == "Des vélos à Antony"]
    assert "Zinzolin" in document.text
    assert all(
        "Zinzolin" not in found.text for found in public_documents() if found is not document and found != document
    )
    own = FeedbackPage.objects.get()
    assert client.get(own.url).url == f"{practice.url}#feedback-{own.pk}"
    assert own.url not in client.get("/sitemap.xml", follow=True).content.decode()


def test_the_practice_itself_and_other_feedbacks_do_not_wait_for_it(client, practice, membership, stranger, moderator):
    first = write_feedback(client, practice, membership)
    send(client, first)
    publish(first, moderator)
    second = write_feedback(client, practice, stranger.memberships.get())
    send(client, second)
    assert moderation.state_of(practice) == ContentState.PUBLISHED
    publish(second, moderator)
    assert client.get(practice.url).content.decode().count("Zinzolin") == 2


def test_an_authority_has_one_feedback_under_a_practice_which_it_changes(client, practice, membership):
    feedback = write_feedback(client, practice, membership)
    assert write_feedback(client, practice, membership) == feedback
    assert Contribution.objects.count() == 1


def test_what_did_not_work_is_owed(client, practice, membership):
    feedback = write_feedback(client, practice, membership)
    feedback.data["what_did_not_work"] = ""
    feedback.save()
    assert [lack.field for lack, _url in send(client, feedback).context["lacking"]] == ["what_did_not_work"]


@pytest.mark.parametrize("about", ["0", "x", "-1", "9" * 40])
def test_one_adds_to_no_page_that_is_not_there(signed_in, about):
    assert signed_in.get(f"{at('new')}?about={about}").status_code == 404


def test_one_adds_neither_to_a_draft_nor_to_another_kind(signed_in):
    for page in (PracticePageFactory(is_draft=True), ProjectPageFactory()):
        assert signed_in.get(f"{at('new')}?about={page.pk}").status_code == 404


def test_what_is_close_to_a_title_is_found_with_why_and_where_to_add_to_it(
    signed_in, draft, theme, practice, rebuild_index
):
    ProjectPageFactory(title="Tout autre chose")
    project = ProjectPageFactory(title="Vélos électriques à Antony", themes=[theme])
    PracticePageFactory(title="Vélos à Antony, en secret", is_draft=True)
    rebuild_index()
    page = signed_in.get(at("close", draft.pk), {"title": "Des vélos partagés à Antony"}).content.decode()
    assert practice.url in page
    assert project.url in page
    assert "secret" not in page
    assert "Tout autre chose" not in page
    assert f"?about={practice.pk}" in page
    assert "Antony" in page
    draft.data |= {"title": "Les vélos d’Antony"}
    draft.save()
    assert practice.url in signed_in.get(at("step", draft.pk, 1)).content.decode()


@pytest.mark.parametrize("title", ["", "   ", "le la les", "x" * 5000, "\0", '"', "a AND (", "🚲" * 300])
def test_no_title_breaks_the_search_for_what_is_close(signed_in, draft, rebuild_index, title):
    assert signed_in.get(at("close", draft.pk), {"title": title}).status_code == 200
