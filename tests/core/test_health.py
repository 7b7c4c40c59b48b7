import pytest

from metropole.core import health
from metropole.core.health import ComponentState

pytestmark = pytest.mark.django_db


@pytest.fixture
def readyz(client, monkeypatch):
    """What ``/readyz`` answers when the site has these components."""

    def readyz(**states: ComponentState):
        monkeypatch.setattr(health, "_checks", {name: lambda state=state: state for name, state in states.items()})
        response = client.get("/readyz")
        return response.status_code, response.json()

    return readyz


def test_the_site_is_ready_when_all_its_components_are(readyz):
    assert readyz(one=ComponentState(True, "fine")) == (200, {"status": "ok", "one": "fine"})


def test_a_site_that_serves_less_well_is_still_ready_and_says_so(readyz):
    status, body = readyz(one=ComponentState(True, "fine"), two=ComponentState(True, "slow", degraded=True))
    assert status == 200
    assert body == {"status": "degraded", "one": "fine", "two": "degraded: slow"}


def test_a_site_that_cannot_serve_is_not_ready_whatever_else_is_degraded(readyz):
    status, body = readyz(one=ComponentState(False, "unreachable"), two=ComponentState(True, "slow", degraded=True))
    assert status == 503
    assert body["status"] == "unavailable"
