import pytest

from metropole.core import beats
from metropole.core.beats import Beats, register_beat


@pytest.fixture(autouse=True)
def _neither_beats_nor_database(monkeypatch):
    monkeypatch.setattr(beats, "_registered", {})
    monkeypatch.setattr(beats, "close_old_connections", lambda: None)


@pytest.fixture
def pass_time(monkeypatch):
    """Moves the clock that beats are timed by."""
    now = 1000.0

    def pass_time(seconds):
        nonlocal now
        now += seconds

    monkeypatch.setattr(beats, "monotonic", lambda: now)
    return pass_time


@pytest.fixture
def calls(pass_time):
    """The beats that ran, in order."""
    calls = []
    register_beat("quick", 1, lambda: calls.append("quick"))
    register_beat("slow", 30, lambda: calls.append("slow"))
    return calls


def test_beats_run_at_once_and_then_as_often_as_they_ask(calls, pass_time):
    running = Beats()
    running.run_due()
    assert calls == ["quick", "slow"]
    running.run_due()
    assert calls == ["quick", "slow"]
    pass_time(1)
    running.run_due()
    assert calls == ["quick", "slow", "quick"]
    pass_time(29)
    running.run_due()
    assert calls[3:] == ["quick", "slow"]


def test_a_beat_that_was_late_is_not_made_up_for(calls, pass_time):
    running = Beats()
    running.run_due()
    pass_time(3600)
    running.run_due()
    running.run_due()
    assert calls == ["quick", "slow"] * 2


def test_a_beat_that_fails_is_logged_and_stops_no_other_and_runs_again(calls, pass_time, caplog):
    register_beat("quick", 1, lambda: calls.append("failed") or 1 / 0)
    running = Beats()
    running.run_due()
    pass_time(1)
    running.run_due()
    assert calls == ["failed", "slow", "failed"]
    assert "The beat “quick” failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
