import pytest
from django.urls import reverse
from django.utils.translation import override

from metropole.board.matching import services
from metropole.board.matching.rule import Filing
from tests.factories import CommuneFactory, EptFactory, NeedFactory, ThemeFactory, UserFactory


@pytest.fixture
def theme():
    return ThemeFactory(name="Ville durable", slug="ville")


@pytest.fixture
def chantier(theme):
    return ThemeFactory(name="Ombre", slug="ombre", parent=theme)


@pytest.fixture
def ept():
    return EptFactory(name="Est Ensemble", slug="est")


@pytest.fixture
def commune(ept):
    return CommuneFactory(name="Bondy", slug="bondy", parent=ept)


@pytest.fixture
def need(chantier, commune):
    return NeedFactory(slug="place", title="Ombrager la place", themes=[chantier], territories=[commune])


@pytest.fixture
def follower(theme, chantier, ept, commune):
    person = UserFactory()
    follow(person, "ville", "est")
    return person


def follow(person, themes: str = "", territories: str = "", **more):
    return services.follow(person, Filing(frozenset(themes.split()), frozenset(territories.split())), **more)


def at(name: str, *args: object) -> str:
    with override("fr"):
        return reverse(f"matching:{name}", args=args)
