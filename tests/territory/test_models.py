import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from metropole.territory.models import Territory
from tests.factories import CommuneFactory, EptFactory, MetropoleFactory

pytestmark = pytest.mark.django_db


def test_a_commune_belongs_to_a_territory_and_not_to_another_commune():
    commune = CommuneFactory()
    orphan = CommuneFactory.build(parent=commune)
    with pytest.raises(ValidationError) as error:
        orphan.clean()
    assert "parent" in error.value.message_dict


def test_there_is_one_metropole():
    MetropoleFactory()
    with pytest.raises(IntegrityError):
        Territory.objects.create(kind="metropole", name="Une autre", slug="autre")


def test_only_the_metropole_has_nothing_above_it():
    with pytest.raises(IntegrityError):
        EptFactory(parent=None)


def test_only_communes_have_an_insee_code():
    with pytest.raises(IntegrityError):
        EptFactory(insee_code="93048")
