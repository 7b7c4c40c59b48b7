"""What authorities would spend adds up, against a dated threshold: a direct enquiry stays below it, undivided."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from metropole.board.enums import CoCarrierState, NeedMode, ThresholdKey
from metropole.board.lifecycle.services import refusals
from metropole.board.lifecycle.value_guards import CrossesThresholdError, check_no_split, check_value
from metropole.board.models import Amendment, CoCarrier, Need
from metropole.board.sharing import carriers
from metropole.board.sharing.carriers import Band, JoiningCrossesError
from metropole.board.sharing.values import value_note
from metropole.notifications.models import Notification
from tests.factories import NeedFactory, ThemeFactory, ThresholdFactory

from .conftest import make_agent
from .test_joining import WHY, joined, told

pytestmark = pytest.mark.django_db


def test_an_authority_joins_a_direct_enquiry_up_to_the_last_euro_below_the_threshold(direct, lead, other, threshold):
    joined(direct, lead, other, Band(10_000, 39_999))
    direct.refresh_from_db()
    assert direct.threshold == threshold
    assert len(direct.carriers) == 2


def test_at_the_threshold_exactly_the_joining_is_refused_and_nothing_of_it_is_kept(direct, lead, other):
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(JoiningCrossesError):
        carriers.accept(invitation, other.person, Band(10_000, 40_000), WHY)
    kept = CoCarrier.objects.get()
    assert (kept.state, kept.value_high) == (CoCarrierState.INVITED, None)
    assert not Amendment.objects.exists()


def test_who_may_not_read_the_sum_is_told_what_to_do_without_it(direct, lead, other):
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(JoiningCrossesError) as refused:
        carriers.accept(invitation, other.person, Band(10_000, 44_000), WHY)
    said = " ".join(refused.value.messages)
    assert "64" not in said
    assert "article R. 2122-8" in said
    assert "need.crossing" in told(lead.person)
    with pytest.raises(JoiningCrossesError):
        carriers.accept(invitation, other.person, Band(10_000, 45_000), WHY)
    assert Notification.objects.filter(person=lead.person, kind="need.crossing").count() == 1


def test_the_lead_that_lets_an_authority_join_reads_the_sum_and_what_to_do(direct, lead, other):
    request = carriers.ask(direct, other.organisation, other.person, Band(1, 44_000), WHY)
    with pytest.raises(JoiningCrossesError) as refused:
        carriers.admit(request, lead.person)
    said = " ".join(refused.value.messages).replace("\u202f", " ").replace("\xa0", " ")
    assert "64 000" in said
    assert "60 000" in said
    request.refresh_from_db()
    assert request.state == CoCarrierState.ASKED


@pytest.mark.parametrize(
    ("band", "field"),
    [(Band(), "value_high"), (Band(5, None), "value_high"), (Band(None, 5), "value_low"), (Band(9, 5), "value_high")],
)
def test_a_direct_enquiry_owes_both_ends_of_each_estimate(direct, lead, other, band, field):
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(ValidationError) as refused:
        carriers.accept(invitation, other.person, band, WHY)
    assert field in refused.value.message_dict


def test_a_sourcing_has_no_threshold(need, lead, other, threshold):
    need.value_low, need.value_high = 50_000, 59_000
    need.save()
    joined(need, lead, other, Band(50_000, 100_000))
    assert len(need.carriers) == 2


def test_a_joining_of_a_need_in_review_is_held_against_the_threshold_too(direct, lead, other):
    direct.submitted_at, direct.published_at = timezone.now(), None
    direct.save()
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(JoiningCrossesError):
        carriers.accept(invitation, other.person, Band(1, 40_000), WHY)


def test_who_has_not_said_what_it_would_spend_keeps_the_need_from_becoming_a_direct_enquiry(direct, other):
    CoCarrier.objects.create(need=direct, organisation=other.organisation, state=CoCarrierState.ACCEPTED)
    with pytest.raises(ValidationError) as refused:
        check_value(direct)
    assert "Bagneux" in str(refused.value)


def test_who_carries_a_draft_says_what_it_would_spend_until_it_is_published(lead, other, threshold):
    need = NeedFactory(organisation=lead.organisation, draft=True)
    carrier = joined(need, lead, other)
    carriers.say_value(carrier, other.person, Band(1, 2))
    carrier.refresh_from_db()
    assert carrier.value_high == 2
    need.published_at, need.closes_at = timezone.now(), timezone.now() + dt.timedelta(days=20)
    need.save()
    with pytest.raises(ValidationError):
        carriers.say_value(carrier, other.person, Band(1, 3))


def like(need: Need, **fields) -> Need:
    facts = {"organisation": need.organisation, "direct": True, "value_low": 1, "themes": list(need.themes.all())}
    return NeedFactory(**facts | fields)


@pytest.mark.parametrize(("second", "is_split"), [(39_999, False), (40_000, True)])
def test_a_band_split_into_two_needs_of_the_same_theme_is_added_up(direct, second, is_split):
    like(direct, value_high=second)
    if not is_split:
        check_no_split(direct, timezone.now())
        return
    with pytest.raises(CrossesThresholdError) as refused:
        check_no_split(direct, timezone.now())
    assert refused.value.is_split


def test_a_need_filed_one_level_higher_is_no_other_purchase(direct, theme):
    theme.parent = ThemeFactory()
    theme.save()
    like(direct, value_high=40_000, themes=[theme.parent])
    with pytest.raises(CrossesThresholdError):
        check_no_split(direct, timezone.now())


def test_other_themes_works_sourcings_and_what_is_long_past_or_given_up_is_not_added(direct):
    like(direct, value_high=59_000, themes=[ThemeFactory()])
    like(direct, value_high=59_000, purchase_kind="works")
    like(direct, value_high=59_000, mode=NeedMode.SOURCING)
    old = timezone.now() - dt.timedelta(days=366)
    like(direct, value_high=59_000, published_at=old, closes_at=old + dt.timedelta(days=20))
    now = timezone.now()
    like(direct, value_high=59_000, closed=True, outcome="abandoned", outcome_at=now)
    check_no_split(direct, now)


def test_a_purchase_is_not_split_through_those_who_join(direct, lead, other):
    like(direct, organisation=other.organisation, value_high=35_000)
    invitation = carriers.invite(direct, other.organisation, lead.person)
    with pytest.raises(JoiningCrossesError):
        carriers.accept(invitation, other.person, Band(1, 5_000), WHY)
    assert len(direct.carriers) == 1


def test_a_need_of_another_authority_that_is_not_published_is_not_named(direct, lead, other):
    like(direct, organisation=other.organisation, value_high=58_000, in_review=True, title="Secret de Bagneux")
    CoCarrier.objects.create(
        need=direct, organisation=other.organisation, state=CoCarrierState.ACCEPTED, value_low=1, value_high=2
    )
    with pytest.raises(CrossesThresholdError) as refused:
        check_no_split(direct, timezone.now())
    assert "Secret" not in str(refused.value)


def test_the_row_in_force_on_the_day_counts_and_that_of_what_is_bought(direct, lead):
    assert not refusals(direct, "amend", lead.person)
    ThresholdFactory(amount=15_000, valid_from=timezone.localdate())
    assert "15" in refusals(direct, "amend", lead.person)[0]
    direct.is_innovative = True
    assert refusals(direct, "amend", lead.person)
    ThresholdFactory(key=ThresholdKey.INNOVATIVE, amount=100_000)
    assert not refusals(direct, "amend", lead.person)


def test_the_sum_is_for_who_carries_the_need_and_moderators_unless_it_is_public(direct, lead, other, moderator):
    CoCarrier.objects.create(
        need=direct, organisation=other.organisation, state=CoCarrierState.ACCEPTED, value_low=1, value_high=5_000
    )
    for person in (lead.person, other.person, moderator):
        assert value_note(direct, person).total == 25_000
    for person in (AnonymousUser(), make_agent().person):
        assert value_note(direct, person) is None
    direct.value_is_public = True
    note = value_note(direct, AnonymousUser())
    with override("en"):
        assert note.text == "25,000 € out of 60,000 €"
    assert not note.crosses
