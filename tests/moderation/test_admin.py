"""Moderation in the admin: the queue, its screens, and every other door by which one might get past them."""

import datetime as dt
import json

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from metropole.demo.frame import build_frame
from metropole.moderation import deletion, reports, services
from metropole.moderation.enums import ContentState, Waiting
from metropole.moderation.models import AccuracyPeriod, CannedMessage, ChangeRequest, ErrorReport
from metropole.moderation.queue import Row
from metropole.moderation.working_days import easter, is_working_day, working_days_between
from resources.models import ArticlePage, ResourceIndexPage
from tests.factories import ArticlePageFactory, MembershipFactory, OrganisationFactory, UserFactory

from .conftest import change, editor_form, make_moderator

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
QUEUE = "moderation_admin:queue"


@pytest.fixture
def submitted(draft, contributor, commune):
    services.submit(draft, contributor, commune)
    return draft


@pytest.fixture
def reading(client, moderator):
    client.force_login(moderator)
    return client


def review(page) -> str:
    return reverse("moderation_admin:review", args=[page.pk])


def approve_data(page) -> dict:
    return {"action": "approve", "revision": type(page).objects.get(pk=page.pk).latest_revision_id}


def changes_data(*pairs, action="request_changes", canned="") -> dict:
    data = {
        "action": action,
        f"{action}-TOTAL_FORMS": len(pairs),
        f"{action}-INITIAL_FORMS": 0,
        f"{action}-MIN_NUM_FORMS": 1,
        f"{action}-MAX_NUM_FORMS": 3,
    }
    for number, (field, reason) in enumerate(pairs):
        data |= {f"{action}-{number}-field": field, f"{action}-{number}-reason": reason}
        data[f"{action}-{number}-canned"] = canned
    return data


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


# --- The queue --------------------------------------------------------------------------------------------------------


def test_the_queue_holds_all_kinds_the_oldest_first(reading, submitted, article, contributor, commune):
    with time_machine.travel(timezone.now() - dt.timedelta(days=30)):
        reported = reports.find_page(article.pk)
        reports.receive(reported, kind="fact", text="Faux.", email="", language="fr")
    change(article, by=contributor)
    services.submit(article, contributor, commune)
    other = ArticlePageFactory(organisations=[commune])
    deletion.ask(other, contributor, commune, "Trop vieux.")
    rows = reading.get(reverse(QUEUE)).context["rows"]
    assert [row.waiting for row in rows] == [Waiting.REPORT, Waiting.NEW, Waiting.REVISION, Waiting.DELETION]
    assert [row.is_late for row in rows] == [True, False, False, False]


def test_the_queue_is_filtered_by_kind_and_age(reading, submitted, article):
    with time_machine.travel(timezone.now() - dt.timedelta(days=30)):
        reports.receive(reports.find_page(article.pk), kind="fact", text="Faux.", email="", language="fr")
    for query, found in (("?waiting=new", [Waiting.NEW]), ("?age=late", [Waiting.REPORT]), ("?waiting=deletion", [])):
        assert [row.waiting for row in reading.get(reverse(QUEUE) + query).context["rows"]] == found
    assert reading.get(reverse(QUEUE) + "?waiting=%00&age=rien").status_code == 200


def test_the_menu_and_the_home_say_how_much_waits(reading, submitted):
    # The menu is handed to the browser as JSON.
    counted = json.dumps(f"{gettext('To be decided')} (1)").strip('"')
    assert counted in reading.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(QUEUE) in reading.get(reverse("wagtailadmin_home")).content.decode()


def test_a_company_that_waits_for_its_verification_is_in_the_queue(reading):
    OrganisationFactory(name="Ombrelle", verification="waiting", verification_asked_at=timezone.now())
    page = reading.get(reverse(QUEUE)).content.decode()
    assert "Ombrelle" in page
    assert reverse("organisations_admin:queue") in page


def test_an_empty_queue_says_so(reading):
    assert gettext("Nothing waits: all is decided.") in reading.get(reverse(QUEUE)).content.decode()


def test_nobody_else_sees_the_queue(client, submitted, contributor):
    addresses = [reverse(QUEUE), review(submitted), reverse("moderation_admin:removed")]
    client.force_login(contributor)
    assert {client.get(address).status_code for address in addresses} == {302}
    assert client.post(review(submitted), approve_data(submitted)).status_code == 302
    assert services.state_of(submitted) == ContentState.SUBMITTED


def test_age_counts_working_days():
    friday = dt.date(2026, 11, 20)
    assert working_days_between(friday, friday) == 0
    assert working_days_between(friday, dt.date(2026, 11, 23)) == 1
    assert working_days_between(friday, dt.date(2026, 11, 27)) == 5
    assert easter(2026) == dt.date(2026, 4, 5)
    assert easter(2027) == dt.date(2027, 3, 28)
    for holiday in (dt.date(2026, 4, 6), dt.date(2026, 5, 14), dt.date(2026, 5, 25), dt.date(2026, 12, 25)):
        assert not is_working_day(holiday)


def test_a_row_is_late_after_five_working_days():
    def row(since):
        return Row(Waiting.NEW, "", "", "", since, "")

    with time_machine.travel(dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)):
        assert not row(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)).is_late
        assert row(dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC)).is_late


# --- The decisions ----------------------------------------------------------------------------------------------------


def test_a_new_content_is_shown_and_approved(reading, submitted):
    page = reading.get(review(submitted)).content.decode()
    assert submitted.summary in page
    response = reading.post(review(submitted), approve_data(submitted), follow=True)
    assert response.redirect_chain[-1][0] == reverse(QUEUE)
    assert services.state_of(submitted) == ContentState.PUBLISHED


def test_a_revision_is_shown_beside_what_is_online(reading, article, contributor, commune):
    change(article, "Un titre nouveau", by=contributor)
    services.submit(article, contributor, commune)
    page = reading.get(review(article)).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    assert "nouveau" in page


def test_words_of_a_submission_are_shown_as_words(reading, article, contributor, commune):
    change(article, "<script>alert(1)</script>", by=contributor)
    services.submit(article, contributor, commune)
    assert "<script>alert(1)" not in reading.get(review(article)).content.decode()


def test_what_is_decided_leads_to_what_waits_next(reading, submitted, commune, contributor):
    other = ArticlePageFactory(organisations=[commune], is_draft=True)
    services.submit(other, contributor, commune)
    response = reading.post(review(submitted), approve_data(submitted))
    assert response.url == review(other)


def test_several_changes_are_requested_at_once(reading, submitted):
    reading.post(review(submitted), changes_data(("summary", "Dites combien."), ("", "Trop long."), ("", "")))
    assert [(made.field, made.reason) for made in services.open_requests(submitted)] == [
        ("summary", "Dites combien."),
        ("", "Trop long."),
    ]
    assert services.state_of(submitted) == ContentState.CHANGES_REQUESTED


@pytest.mark.parametrize(
    "data",
    [
        changes_data(("summary", "")),
        changes_data(("summary", "x" * 200_000)),
        changes_data(("pas un champ", "Oui.")),
        {"action": "request_changes"},
        {"action": "refuse", "refuse-reason": ""},
        {"action": "refuse", "refuse-reason": "Non.", "refuse-canned": "999"},
    ],
)
def test_a_decision_without_its_words_changes_nothing_and_says_why(reading, submitted, data):
    response = reading.post(review(submitted), data)
    assert response.status_code == 200
    forms = response.context["forms"].values()
    assert any(form.errors or getattr(form, "non_form_errors", list)() for form in forms)
    assert services.state_of(submitted) == ContentState.SUBMITTED
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("data", [{}, {"action": "destroy"}, {"action": "approve", "revision": "1'"}])
def test_a_forged_decision_changes_nothing(reading, submitted, data):
    assert reading.post(review(submitted), data).status_code in (302, 404)
    assert services.state_of(submitted) == ContentState.SUBMITTED


def test_a_ready_made_message_is_used_where_no_reason_is_given(reading, submitted):
    known = CannedMessage.objects.create(kind="changes", title="Chiffres", text_fr="Donnez des chiffres.")
    other = CannedMessage.objects.create(kind="refusal", title="Non", text_fr="Ce n’est pas possible.")
    refused = reading.post(review(submitted), changes_data(("summary", ""), canned=other.pk))
    assert refused.status_code == 200
    reading.post(review(submitted), changes_data(("summary", ""), canned=known.pk))
    assert [made.reason for made in services.open_requests(submitted)] == ["Donnez des chiffres."]


def test_a_version_that_changed_while_it_was_read_is_not_approved(reading, submitted):
    data = approve_data(submitted)
    change(submitted, "Autre chose", by=UserFactory(administrator=True))
    response = reading.post(review(submitted), data, follow=True)
    assert said(response)
    assert services.state_of(submitted) == ContentState.SUBMITTED


def test_a_second_moderator_is_told_that_it_is_decided(reading, submitted):
    services.approve(submitted, make_moderator())
    response = reading.post(review(submitted), approve_data(submitted), follow=True)
    assert said(response)
    assert reading.get(review(submitted)).status_code == 302


def test_a_deletion_is_granted_or_refused_in_the_admin(reading, article, contributor, commune):
    other = ArticlePageFactory(title="À la place")
    asked = deletion.ask(article, contributor, commune, "Fermé.")
    address = reverse("moderation_admin:deletion", args=[asked.pk])
    assert "Fermé." in reading.get(address).content.decode()
    for wrong in ({"refuse-reason": "", "action": "refuse"}, {"grant-reason": "Fermé.", "grant-instead": "/rien/"}):
        response = reading.post(address, {"action": "grant"} | wrong)
        assert any(form.errors for form in response.context["forms"].values())
    typed = {"action": "grant", "grant-reason": "Fermé en 2026.", "grant-instead": f"https://192.0.2.1{other.url}"}
    assert reading.post(address, typed).status_code == 302
    page = reading.get(article.url)
    assert page.status_code == 410
    assert "Fermé en 2026." in page.content.decode()
    assert other.url in page.content.decode()
    removed = reverse("moderation_admin:removed")
    assert article.title in reading.get(removed).content.decode()
    for forged in ("", "x", "9" * 30, "999"):
        assert reading.post(removed, {"tombstone": forged}).status_code == 404
    assert reading.post(removed, {"tombstone": article.tombstones.get().pk}).status_code == 302
    assert reading.get(article.url).status_code == 200


def test_a_report_is_taken_up_and_answered_in_the_admin(reading, moderator, article):
    report = reports.receive(reports.find_page(article.pk), kind="fact", text="Faux.", email="", language="fr")
    address = reverse("moderation_admin:report", args=[report.pk])
    reading.post(address, {"action": "assign"})
    assert ErrorReport.objects.get().handled_by == moderator
    assert reading.post(address, {"action": "close", "close-reason": ""}).status_code == 200
    reading.post(address, {"action": "close", "close-reason": "Corrigé."})
    assert ErrorReport.objects.get().state == "closed"
    assert reading.get(reverse("moderation_admin:report", args=[2**70])).status_code == 404


# --- The other doors --------------------------------------------------------------------------------------------------


def test_a_moderator_does_not_publish_a_new_content_of_their_own_organisation(client, commune, colleague):
    parent = build_frame().sections[ResourceIndexPage]
    address = reverse("wagtailadmin_pages:add", args=["resources", "articlepage", parent.pk])
    new = ArticlePage(title="Chez nous", slug="chez-nous", summary="Un résumé.")
    form = editor_form(new, organisations=[commune.pk]) | {"action-publish": "1"}
    client.post(address, form)
    kept = ArticlePage.objects.get(slug="chez-nous")
    assert [*kept.organisations.all()] == [commune]
    assert not kept.live


def test_a_moderator_corrects_a_submission_which_another_approves(reading, submitted, moderator):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert reading.post(address, editor_form(submitted, title="Corrigé")).status_code == 302
    response = reading.post(review(submitted), approve_data(submitted), follow=True)
    assert said(response)
    assert not is_online(submitted)
    services.approve(submitted, make_moderator())
    assert type(submitted).objects.get().title == "Corrigé"


@pytest.fixture(params=[False, True], ids=["moderator", "administrator"])
def colleague(request, client, commune):
    """Somebody who decides for the Métropole, and is a member of the commune."""
    person = make_moderator(is_superuser=request.param)
    MembershipFactory(person=person, organisation=commune)
    client.force_login(person)
    return person


def is_online(page) -> bool:
    return type(page).objects.get(pk=page.pk).live


def test_a_colleague_does_not_decide_on_the_review_screen(client, submitted, colleague):
    assert b'value="approve"' not in client.get(review(submitted)).content
    client.post(review(submitted), approve_data(submitted))
    assert not is_online(submitted)


def test_a_colleague_does_not_decide_through_the_workflow_of_wagtail(client, submitted, colleague):
    state = submitted.current_workflow_state.current_task_state
    for action in ("approve", "reject", "refuse"):
        for name in ("workflow_action", "collect_workflow_action_data"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[submitted.pk, action, state.pk])
            assert client.get(address).status_code == 302
            assert client.post(address, {"reason": "Non."}).status_code == 302
    assert services.state_of(submitted) == ContentState.SUBMITTED


def test_a_colleague_does_not_publish_from_the_editor(client, submitted, colleague):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    for button in ("action-publish", "action-workflow-action"):
        said = {button: "1", "workflow-action-name": "approve"}
        assert client.post(address, editor_form(submitted, title="Pris") | said).status_code in (302, 200)
    assert not is_online(submitted)


def test_a_colleague_does_not_publish_several_at_once(client, submitted, colleague):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={submitted.pk}")
    assert not is_online(submitted)


def test_a_colleague_takes_nothing_of_theirs_offline(client, article, colleague):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[article.pk]))
    for action in ("unpublish", "delete"):
        client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={article.pk}")
    assert is_online(article)


def test_what_is_in_review_is_not_published_past_it(reading, submitted):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    reading.post(f"{address}?id={submitted.pk}")
    assert not is_online(submitted)


def test_a_moderator_decides_through_the_workflow_of_wagtail_as_well(reading, submitted):
    state = submitted.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "reject", state.pk])
    assert "canned" in reading.get(address).json()["html"]
    ajax = {"x-requested-with": "XMLHttpRequest"}
    refused = reading.post(address, {"field": "summary", "reason": ""}, headers=ajax)
    assert refused.json()["step"] == "action"
    assert services.state_of(submitted) == ContentState.SUBMITTED
    reading.post(address, {"field": "summary", "reason": "Dites combien."}, headers=ajax)
    assert services.state_of(submitted) == ContentState.CHANGES_REQUESTED
    assert services.open_requests(submitted).get().field == "summary"


def test_the_modal_of_wagtail_approves_what_is_not_ones_own(reading, submitted):
    state = submitted.current_workflow_state.current_task_state
    reading.post(reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", state.pk]))
    assert is_online(submitted)


@pytest.mark.parametrize("extra", ["pas du JSON", "[]", "{}", '{"user": "x"}', '{"reason": ["x"]}', '{"reason": ""}'])
def test_garbled_words_of_the_editor_are_no_decision(reading, submitted, extra):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    said = {"action-workflow-action": "1", "workflow-action-name": "reject", "workflow-action-extra-data": extra}
    assert reading.post(address, editor_form(submitted) | said).status_code in (200, 302)
    assert services.state_of(submitted) == ContentState.SUBMITTED


def test_the_editor_leads_to_the_review_screen(reading, submitted):
    page = reading.get(reverse("wagtailadmin_pages:edit", args=[submitted.pk])).content.decode()
    assert review(submitted) in page
    assert 'data-workflow-action-name="approve"' not in page


def test_periods_are_changed_and_neither_added_nor_deleted(client):
    client.force_login(UserFactory(administrator=True))
    kept = AccuracyPeriod.objects.get(kind="practice")
    name = "wagtailsnippets_moderation_accuracyperiod"
    assert client.get(reverse(f"{name}:list")).status_code == 200
    client.post(reverse(f"{name}:edit", args=[kept.pk]), {"months": "6", "kind": "forgé"})
    kept.refresh_from_db()
    assert (kept.months, kept.kind) == (6, "practice")
    assert client.get(reverse(f"{name}:add")).status_code == 302


def test_messages_are_kept_by_editors(client):
    client.force_login(UserFactory(editor=True))
    name = "wagtailsnippets_moderation_cannedmessage"
    typed = {"kind": "changes", "title": "Chiffres", "text_fr": "Donnez des chiffres.", "text_en": ""}
    client.post(reverse(f"{name}:add"), typed)
    assert CannedMessage.objects.get().text("en") == "Donnez des chiffres."
