"""A sheet is up to date for a year from its last confirmation or publication; then its head says that it is not."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from catalogue.enums import Origin
from catalogue.models import SolutionPage
from catalogue.sheet.freshness import fresh_until
from metropole.core.templatetags.site_tags import reader_date
from metropole.moderation import accuracy
from metropole.moderation.accuracy import life_of
from metropole.moderation.models import AccuracyPeriod
from metropole.search.documents import document_id
from metropole.search.models import OutboxEntry
from tests.factories import SolutionPageFactory

from .people import agent, carrier

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

START = dt.datetime(2026, 3, 14, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def company():
    return carrier()


@pytest.fixture
def sheet(company):
    with time_machine.travel(START, tick=False):
        page = SolutionPageFactory(
            origin=Origin.PUBLISHER, publisher=company.organisation, organisations=[company.organisation]
        )
    return SolutionPage.objects.get(pk=page.pk)


def test_a_sheet_is_up_to_date_for_a_year_and_not_from_that_instant_on(sheet):
    until = fresh_until(sheet)
    assert until == START.replace(year=2027)
    for instant, is_outdated in ((until - SECOND, False), (until, True)):
        with time_machine.travel(instant, tick=False):
            assert life_of(sheet).is_outdated == is_outdated


def test_the_head_of_a_sheet_says_that_nobody_has_confirmed_it_and_since_when(client, sheet):
    words = gettext("<b>Not confirmed.</b> Nobody has confirmed since %(date)s that this sheet is still right.")
    said = words % {"date": reader_date(START)}
    with time_machine.travel(START.replace(year=2027) - SECOND, tick=False):
        assert said not in client.get(sheet.url).content.decode()
    with time_machine.travel(START.replace(year=2027), tick=False):
        assert said in client.get(sheet.url).content.decode()


def test_its_publisher_confirms_it_for_another_year_and_the_index_is_told(client, sheet, company):
    later = START + dt.timedelta(days=300)
    with time_machine.travel(later, tick=False):
        client.force_login(company.person)
        OutboxEntry.objects.all().delete()
        assert client.post(reverse("moderation:confirm", args=[sheet.pk])).status_code == 302
        assert OutboxEntry.objects.filter(document_key=document_id(sheet)).exists()
    assert fresh_until(SolutionPage.objects.get(pk=sheet.pk)) == accuracy.add_months(later, 12)


def test_a_commune_that_the_sheet_names_is_neither_asked_nor_able_to_confirm_it(client, sheet, company):
    commune = agent()
    sheet.organisations.add(commune.organisation)
    with time_machine.travel(START, tick=False):
        sheet.save_revision().publish()
    with time_machine.travel(START + dt.timedelta(days=350), tick=False):
        assert [page.pk for page, _due in accuracy.for_person(company.person)] == [sheet.pk]
        assert accuracy.for_person(commune.person) == []
        client.force_login(commune.person)
        assert client.post(reverse("moderation:confirm", args=[sheet.pk])).status_code == 403


def test_a_sheet_that_editors_drew_up_counts_as_confirmed_when_it_is_published(client):
    with time_machine.travel(START, tick=False):
        drawn = SolutionPageFactory()
    drawn = SolutionPage.objects.get(pk=drawn.pk)
    assert fresh_until(drawn) == START.replace(year=2027)
    with time_machine.travel(START + dt.timedelta(days=400), tick=False):
        assert reader_date(START) in client.get(drawn.url).content.decode()


def test_where_sheets_are_never_asked_about_they_stay_up_to_date(sheet):
    AccuracyPeriod.objects.filter(kind="solution").update(months=0)
    assert fresh_until(sheet) is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=9999), tick=False):
        assert not life_of(sheet).is_outdated
