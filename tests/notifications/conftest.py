import pytest
from django.utils.translation import gettext_lazy as _

from metropole.notifications import kinds, topics
from metropole.notifications.kinds import Kind
from metropole.notifications.topics import Topic
from tests.factories import UserFactory

from .smtp_server import MailServer


@pytest.fixture(autouse=True)
def _a_kind_of_news(monkeypatch):
    """“arrival” may be turned off, “alarm” may not."""
    monkeypatch.setitem(topics._topics, "arrivals", Topic("arrivals", _("Search"), "Who comes.", 10))
    monkeypatch.setitem(topics._topics, "alarms", Topic("alarms", "Alarms", "", 20, optional=False))
    reason = "You await somebody."
    arrival = Kind("arrival", "arrivals", "%(name)s is there", "%(name)s came\nto %(place)s.", reason)
    monkeypatch.setitem(kinds._kinds, "arrival", arrival)
    monkeypatch.setitem(kinds._kinds, "alarm", Kind("alarm", "alarms", "Alarm", "Look.", "It is your account."))


@pytest.fixture
def person(db):
    return UserFactory(email="jeanne@example.org", language="en")


@pytest.fixture
def mail_server(settings):
    """A mail server on this machine, to which the site's messages go."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
        settings.EMAIL_TIMEOUT = 2
        yield server
