"""What readers see of moderation: removed pages, error reports, how far a page is to be trusted."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale

from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.robots import FASTEST_SECONDS
from metropole.demo.frame import build_frame
from metropole.moderation import accuracy, deletion, reports, services
from metropole.moderation.enums import ContentState, DeletionState
from metropole.moderation.models import DeletionRequest, ErrorReport, Tombstone
from metropole.notifications.delivery import deliver
from metropole.notifications.enums import MailState
from metropole.notifications.models import Mail, Notification
from resources.models import ArticlePage, PracticePage
from tests.factories import ArticlePageFactory, MembershipFactory, NeedFactory, UserFactory

from .conftest import change, make_moderator

REASON = "Le service a fermé."


@pytest.fixture
def asked(article, contributor, commune):
    return deletion.ask(article, contributor, commune, REASON)


def in_english(page):
    """A published English version of a page."""
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "An English title", "english-title"
    english.save_revision().publish()
    return type(page).objects.get(pk=english.pk)


# --- Removed pages ----------------------------------------------------------------------------------------------------


def test_a_removed_page_says_so_at_its_addresses_in_both_languages(client, article, asked, moderator, commune):
    other = ArticlePageFactory(title="À lire à la place")
    french, english = article.url, article.address_in("en").path
    deletion.grant(asked, moderator, instead=other)
    for address, language in ((french, "fr"), (english, "en")):
        response = client.get(address)
        page = response.content.decode()
        assert (response.status_code, response.headers["Content-Language"]) == (410, language)
        assert [word for word in (REASON, article.title, commune.name, other.title) if word not in page] == []
        assert '<meta name="robots" content="noindex">' in page
        assert f'<html lang="{language}">' in page
    assert services.state_of(article) == ContentState.REMOVED


def test_its_translation_goes_with_it(client, article, contributor, commune, moderator):
    english = in_english(article)
    assert client.get(english.url).status_code == 200
    deletion.grant(deletion.ask(article, contributor, commune, REASON), moderator)
    assert client.get(english.url).status_code == 410
    assert client.get(f"/en/resources/{article.slug}/").status_code == 410


def test_an_address_of_before_leads_to_where_it_is_said(
    client, article, contributor, commune, moderator, django_capture_on_commit_callbacks
):
    old = article.url
    with django_capture_on_commit_callbacks(execute=True):
        renamed = ArticlePage.objects.get()
        renamed.slug = "nouvelle-adresse"
        renamed.save_revision().publish()
    deletion.grant(deletion.ask(article, contributor, commune, REASON), moderator)
    response = client.get(old, follow=True)
    assert response.redirect_chain
    assert response.status_code == 410


def test_what_was_never_there_is_still_not_found(client, asked, moderator):
    deletion.grant(asked, moderator)
    assert client.get("/fr/ressources/rien/").status_code == 404
    assert client.get("/fr/ressources/" + "x" * 3000 + "/").status_code == 404
    assert client.get("/fr/ressources/%00/").status_code == 404


def test_a_removed_page_is_put_back_as_it_was_with_its_translation(client, article, contributor, commune, moderator):
    english = in_english(article)
    change(article, "Un brouillon en cours", by=contributor)
    deletion.grant(deletion.ask(article, contributor, commune, REASON), moderator)
    deletion.restore(article, make_moderator())
    assert article.title in client.get(article.url).content.decode()
    assert "Un brouillon en cours" not in client.get(article.url).content.decode()
    assert client.get(english.url).status_code == 200
    assert services.state_of(article) == ContentState.PUBLISHED
    assert not Tombstone.objects.standing()


def test_a_page_under_review_that_is_removed_is_no_longer_in_review(article, contributor, commune, moderator):
    change(article, by=contributor)
    services.submit(article, contributor, commune)
    deletion.grant(deletion.ask(article, contributor, commune, REASON), moderator)
    assert services.state_of(article) == ContentState.REMOVED
    with pytest.raises(TransitionRefusedError):
        services.approve(article, moderator)


def test_a_deletion_is_refused_with_a_reason_which_is_told(article, asked, contributor, moderator):
    with pytest.raises(TransitionRefusedError):
        deletion.refuse(asked, moderator, " ")
    deletion.refuse(asked, moderator, "Elle sert encore.")
    assert DeletionRequest.objects.get().state == DeletionState.REFUSED
    assert services.state_of(article) == ContentState.PUBLISHED
    told = Notification.objects.get(person=contributor, kind="content.deletion_refused")
    assert told.words["reason"] == "Elle sert encore."


def test_a_deletion_is_decided_by_no_member_of_the_organisation_that_asked(article, asked, contributor, commune):
    colleague = make_moderator()
    MembershipFactory(person=colleague, organisation=commune)
    for person in (colleague, contributor, UserFactory(editor=True)):
        with pytest.raises(PermissionDenied):
            deletion.grant(asked, person)
    assert services.state_of(article) == ContentState.PUBLISHED
    assert DeletionRequest.objects.get().state == DeletionState.ASKED


def test_a_deletion_is_granted_once(asked, moderator):
    deletion.grant(asked, moderator)
    with pytest.raises(TransitionRefusedError):
        deletion.grant(asked, moderator)
    assert Tombstone.objects.count() == 1


def test_a_contributor_asks_for_a_removal_on_the_site(client, article, contributor):
    address = reverse("moderation:ask_removal", args=[article.pk])
    client.force_login(contributor)
    assert address in client.get(article.url).content.decode()
    organisation = article.organisations.get().pk
    refused = client.post(address, {"reason": "", "organisation": organisation})
    assert "Error –" in refused.content.decode() or "Erreur –" in refused.content.decode()
    response = client.post(address, {"reason": REASON, "organisation": organisation})
    assert (response.status_code, response.url) == (302, article.url)
    again = client.post(address, {"reason": REASON, "organisation": organisation})
    assert again.status_code == 200
    assert DeletionRequest.objects.count() == 1


def test_nobody_else_asks_for_a_removal(client, article):
    address = reverse("moderation:ask_removal", args=[article.pk])
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    assert address not in client.get(article.url).content.decode()
    assert client.post(address, {"reason": REASON}).status_code == 403
    assert client.get(reverse("moderation:ask_removal", args=[2**70])).status_code == 404


@pytest.mark.parametrize("reason", ["x" * 200_000, " "])
def test_a_reason_that_is_too_long_or_missing_stores_nothing(client, article, contributor, reason):
    client.force_login(contributor)
    typed = {"reason": reason, "organisation": article.organisations.get().pk}
    assert client.post(reverse("moderation:ask_removal", args=[article.pk]), typed).status_code == 200
    assert not DeletionRequest.objects.exists()


# --- Error reports ----------------------------------------------------------------------------------------------------


def report_address(page, language="fr") -> str:
    with override(language):
        return reverse("moderation:report_error", args=["page", page.pk])


def send_report(client, address, wait=FASTEST_SECONDS + 1, **typed):
    opened = client.get(address).context["form"].initial["opened"]
    said = {"kind": "fact", "text": "Le prix est faux.", "email": "", "opened": opened} | typed
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=wait)):
        return client.post(address, said)


@pytest.fixture(autouse=True)
def _no_limit_reached(db):
    caches["limits"].clear()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_visitor_reports_an_error_without_a_cookie(client, article, contributor, language):
    response = send_report(client, report_address(article, language), email="lectrice@example.org")
    assert response.status_code == 302
    assert not client.cookies
    report = ErrorReport.objects.get()
    assert (report.text, report.language, report.state) == ("Le prix est faux.", language, "received")
    assert client.get(response.url).status_code == 200
    assert Notification.objects.get(person=contributor).words["text"] == "Le prix est faux."


def test_the_link_to_report_is_on_each_content_and_need(client, rebuild_index, article):
    need = NeedFactory()
    assert report_address(article) in client.get(article.url).content.decode()
    address = reverse("moderation:report_error", args=["need", need.pk])
    assert address in client.get(need.get_absolute_url()).content.decode()
    assert send_report(client, address).status_code == 302
    assert ErrorReport.objects.get().target == need


def test_nothing_is_reported_on_what_is_not_public(client, draft):
    unpublished = NeedFactory(draft=True)
    for kind, pk in (("page", draft.pk), ("need", unpublished.pk), ("page", 2**70), ("user", 1), ("page", 1)):
        assert client.get(reverse("moderation:report_error", args=[kind, pk])).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"wait": 0},
        {"wait": 90_000},
        {"opened": "forgé"},
        {"opened": ""},
        {"text": "x" * 200_000},
        {"text": ""},
        {"kind": "autre chose"},
        {"email": "pas une adresse"},
    ],
)
def test_a_report_that_is_no_report_stores_nothing_and_says_why(client, article, typed):
    response = send_report(client, report_address(article), **typed)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not ErrorReport.objects.exists()


def test_the_stamp_of_another_page_is_refused(client, article):
    other = ArticlePageFactory()
    opened = client.get(report_address(other)).context["form"].initial["opened"]
    assert send_report(client, report_address(article), opened=opened).status_code == 200
    assert not ErrorReport.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(client, article):
    assert send_report(client, report_address(article), website="https://192.0.2.1/").status_code == 302
    assert not ErrorReport.objects.exists()


def test_somebody_who_reports_without_end_is_stopped(client, article):
    answers = [send_report(client, report_address(article)).status_code for _turn in range(11)]
    assert answers == [302] * 10 + [429]
    assert ErrorReport.objects.count() == 10


@pytest.fixture
def report(article):
    return reports.receive(
        reports.find_page(article.pk),
        kind="fact",
        text="Le prix est faux.",
        email="lectrice@example.org",
        language="en",
    )


def to_the_reader() -> list:
    """The e-mails to who reported: the organisation's contributors are told as well."""
    return [message for message in mail.outbox if message.to == ["lectrice@example.org"]]


def test_the_reader_gets_the_answer_in_their_language_once(report, moderator, django_capture_on_commit_callbacks):
    reports.assign(report, moderator)
    with django_capture_on_commit_callbacks(execute=True):
        reports.close(report, moderator, "C’est corrigé.")
        assert to_the_reader() == []
    deliver()
    (message,) = to_the_reader()
    assert "C’est corrigé." in message.body
    assert "Le prix est faux." in message.body
    assert message.subject == f"Your report about “{report.title}”"
    with pytest.raises(TransitionRefusedError):
        reports.close(report, moderator, "Encore.")


def test_an_answer_whose_process_ended_at_the_commit_is_found_again(report, moderator):
    reports.close(report, moderator, "C’est corrigé.")
    assert to_the_reader() == []
    deliver()
    deliver()
    assert len(to_the_reader()) == 1


def test_an_answer_that_could_not_be_sent_before_the_address_was_erased_is_given_up(report, moderator):
    reports.close(report, moderator, "C’est corrigé.")
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        reports.forget_addresses()
    deliver()
    assert to_the_reader() == []
    assert Mail.objects.get(writer="report.answer").state == MailState.NONE


def test_who_left_no_address_is_not_written_to(article, moderator):
    found = reports.find_page(article.pk)
    anonymous = reports.receive(found, kind="fact", text="Le prix est faux.", email="", language="fr")
    reports.close(anonymous, moderator, "C’est corrigé.")
    assert not Mail.objects.filter(writer="report.answer").exists()


def test_a_report_is_closed_with_an_answer_by_who_may(report, moderator, contributor):
    with pytest.raises(TransitionRefusedError):
        reports.close(report, moderator, "")
    with pytest.raises(PermissionDenied):
        reports.close(report, contributor, "C’est corrigé.")
    assert ErrorReport.objects.get().state == "received"


def test_the_address_is_erased_a_month_after_the_answer(report, moderator):
    reports.close(report, moderator, "C’est corrigé.")
    with time_machine.travel(timezone.now() + dt.timedelta(days=29)):
        reports.forget_addresses()
        assert ErrorReport.objects.get().email
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        reports.forget_addresses()
        assert not ErrorReport.objects.get().email


def test_the_median_delay_is_public(client, article, report, moderator):
    assert reports.median_days() is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        reports.close(report, moderator, "C’est corrigé.")
        assert reports.median_days() == 3
        assert client.get(report_address(article)).context["days"] == 3


# --- Still accurate? --------------------------------------------------------------------------------------------------


def later(**passed):
    return time_machine.travel(timezone.now() + dt.timedelta(**passed))


def test_an_old_page_that_nobody_confirmed_says_so_with_the_date(client, article):
    notice = b"may be out of date"
    address = article.address_in("en").path
    assert notice not in client.get(address).content
    with later(days=740):
        assert notice in client.get(address).content


def test_each_kind_of_content_has_its_time(commune):
    article = ArticlePageFactory(organisations=[commune])
    published_at = type(article).objects.get().last_published_at
    assert accuracy.due_at(article) == accuracy.add_months(published_at, 24)
    assert accuracy.MONTHS["programme"] == 0


def test_months_end_where_the_shorter_month_does():
    assert accuracy.add_months(dt.datetime(2024, 2, 29, tzinfo=dt.UTC), 12) == dt.datetime(2025, 2, 28, tzinfo=dt.UTC)
    assert accuracy.add_months(dt.datetime(2024, 12, 31, tzinfo=dt.UTC), 2) == dt.datetime(2025, 2, 28, tzinfo=dt.UTC)


def test_contributors_are_asked_once_for_each_due_date(article, contributor):
    with later(days=690):
        accuracy.ask_organisations()
    assert not Notification.objects.exists()
    with later(days=710):
        accuracy.ask_organisations()
        accuracy.ask_organisations()
    assert Notification.objects.get(person=contributor).kind == "content.still_accurate"


def test_one_click_confirms_and_readers_see_it(client, article, contributor):
    with later(days=720):
        client.force_login(contributor)
        page = client.get(reverse("moderation:accuracy")).content.decode()
        assert article.title in page
        address = reverse("moderation:confirm", args=[article.pk])
        assert address in page
        assert client.get(address).status_code == 405
        assert client.post(address).status_code == 302
        assert article.title not in client.get(reverse("moderation:accuracy")).content.decode()
        client.logout()
        assert b"Confirmed accurate on" in client.get(article.address_in("en").path).content
    with later(days=800):
        assert b"may be out of date" not in client.get(article.address_in("en").path).content


def test_the_link_of_an_email_opens_a_page_with_a_button(client, article, contributor):
    address = reverse("moderation:confirm_by_link", args=[accuracy.link_token(article, contributor)])
    assert client.get(address).status_code == 200
    assert accuracy.life_of(article).confirmed_at is None
    assert client.post(address).status_code == 200
    assert accuracy.life_of(article).confirmed_at
    assert not client.cookies


def test_a_link_that_is_forged_old_or_of_somebody_who_left_confirms_nothing(client, article, contributor, membership):
    token = accuracy.link_token(article, contributor)
    address = reverse("moderation:confirm_by_link", args=[token])
    assert client.post(reverse("moderation:confirm_by_link", args=[f"{token}x"])).status_code == 404
    assert client.post(reverse("moderation:confirm_by_link", args=["x" * 500])).status_code == 404
    with later(days=200):
        assert client.post(address).status_code == 404
    membership.state = "left"
    membership.save()
    assert client.post(address).status_code == 404
    assert accuracy.life_of(article).confirmed_at is None


def test_who_does_not_contribute_confirms_nothing(client, article):
    client.force_login(UserFactory())
    assert client.post(reverse("moderation:confirm", args=[article.pk])).status_code == 403
    client.force_login(UserFactory(editor=True))
    assert client.post(reverse("moderation:confirm", args=[article.pk])).status_code == 302


def test_readers_are_told_that_an_update_is_being_reviewed(client, article, contributor, commune):
    change(article, by=contributor)
    services.submit(article, contributor, commune)
    assert b"An update is being reviewed" in client.get(article.address_in("en").path).content


@pytest.mark.parametrize("model", [ArticlePage, PracticePage])
def test_periods_are_data(model):
    from metropole.moderation.models import AccuracyPeriod

    build_frame()
    assert AccuracyPeriod.objects.get(kind=model.content_type_name).months == accuracy.MONTHS.get(
        model.content_type_name, accuracy.DEFAULT_MONTHS
    )


# --- What nobody else may read ----------------------------------------------------------------------------------------


def everything_public(client) -> dict[str, str]:
    addresses = ["/fr/", "/en/", "/fr/recherche/?q=sentinelle", "/fr/recherche/export.csv?q=sentinelle",
                 "/fr/recherche/flux.atom?q=sentinelle", "/api/v1/search?q=sentinelle", "/api/v1/suggest?q=sentin",
                 "/sitemap-pages.xml", "/fr/ressources/", "/fr/plan-du-site/"]  # fmt: skip
    return {address: client.get(address, follow=True).content.decode().lower() for address in addresses}


def test_what_is_submitted_removed_or_said_to_moderators_is_read_by_nobody_else(
    client, article, draft, contributor, commune, moderator, rebuild_index
):
    draft = change(draft, "Sentinelle-brouillon", by=contributor)
    services.submit(draft, contributor, commune)
    change(article, "Sentinelle-revision", by=contributor)
    services.submit(article, contributor, commune)
    services.request_changes(article, moderator, [("", "Sentinelle-raison")])
    removed = ArticlePageFactory(title="Sentinelle-retirée", organisations=[commune])
    rebuild_index()
    deletion.grant(deletion.ask(removed, contributor, commune, REASON), moderator)
    rebuild_index()
    found = everything_public(client)
    for word in ("sentinelle-brouillon", "sentinelle-revision", "sentinelle-raison", "sentinelle-retirée"):
        assert [address for address, page in found.items() if word in page.replace("q=sentinelle", "")] == []
    assert "sentinelle" not in client.get(article.url).content.decode().lower()
    assert client.get(f"/fr/ressources/{draft.slug}/").status_code == 404


def test_a_page_that_is_removed_is_not_given_again_from_a_cache(client, settings, article, asked, moderator):
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "moderation-pages"}
    settings.CACHES = {**settings.CACHES, "pages": kept}
    assert client.get(article.url).status_code == 200
    deletion.grant(asked, moderator)
    assert client.get(article.url).status_code == 410
    deletion.restore(article, make_moderator())
    assert client.get(article.url).status_code == 200


def test_who_contributes_for_its_organisation_finds_where_a_page_is_changed(client, article, contributor):
    address = reverse("contributions:of_page", args=[article.pk])
    assert address not in client.get(article.url).content.decode()
    client.force_login(UserFactory())
    assert address not in client.get(article.url).content.decode()
    client.force_login(contributor)
    assert address in client.get(article.url).content.decode()
    assert client.get(address).status_code == 200
