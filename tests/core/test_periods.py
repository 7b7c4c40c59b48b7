import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from metropole.core.periods import PeriodState, period_state

PARIS = ZoneInfo("Europe/Paris")
OPENS = dt.datetime(2026, 10, 1, tzinfo=PARIS)
CLOSES = dt.datetime(2026, 10, 25, 17, tzinfo=PARIS)
SECOND = dt.timedelta(seconds=1)


def test_the_opening_instant_is_open_and_the_closing_one_is_not():
    assert period_state(OPENS, CLOSES, OPENS - SECOND) == PeriodState.UPCOMING
    assert period_state(OPENS, CLOSES, OPENS) == PeriodState.OPEN
    assert period_state(OPENS, CLOSES, CLOSES - SECOND) == PeriodState.OPEN
    assert period_state(OPENS, CLOSES, CLOSES) == PeriodState.CLOSED


@given(st.datetimes(timezones=st.just(dt.UTC)), st.datetimes(timezones=st.just(dt.UTC)))
def test_a_period_never_goes_back_to_an_earlier_state(first, second):
    order = list(PeriodState)
    earlier, later = sorted([first, second])
    before, after = period_state(OPENS, CLOSES, earlier), period_state(OPENS, CLOSES, later)
    assert order.index(before) <= order.index(after)
