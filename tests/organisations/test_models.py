import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from tests.factories import CommuneFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

METROPOLE_SIREN = "200054781"


@pytest.mark.parametrize("siren", ["200054782", "12345678", "000000000", "20005478a", "２０００５４７８１"])
def test_a_siren_with_a_wrong_key_or_length_is_refused_with_an_example(siren):
    with translation.override("fr"), pytest.raises(ValidationError) as error:
        OrganisationFactory.build(siren=siren).full_clean()
    assert "200054781" in str(error.value.message_dict["siren"])


def test_a_right_siret_gives_the_siren():
    organisation = OrganisationFactory.build(siret="20005478100022")
    organisation.full_clean()
    assert organisation.siren == METROPOLE_SIREN


def test_a_siret_of_another_company_than_the_siren_is_refused():
    with pytest.raises(ValidationError) as error:
        OrganisationFactory.build(siren="552100554", siret="20005478100022").full_clean()
    assert "siret" in error.value.message_dict


def test_the_database_refuses_such_a_siret_too():
    with pytest.raises(IntegrityError):
        OrganisationFactory(siren="552100554", siret="20005478100022")


def test_two_organisations_never_share_a_siren_but_several_may_have_none():
    OrganisationFactory(siren=None)
    OrganisationFactory(siren=None)
    OrganisationFactory(siren=METROPOLE_SIREN)
    with pytest.raises(IntegrityError):
        OrganisationFactory(siren=METROPOLE_SIREN)


def test_a_startup_governs_no_territory():
    with pytest.raises(ValidationError) as error:
        OrganisationFactory.build(territory=CommuneFactory()).full_clean()
    assert "territory" in error.value.message_dict


def test_an_authority_is_read_about_on_its_territory_page():
    authority = OrganisationFactory(commune=True)
    assert authority.get_absolute_url() == authority.territory.get_absolute_url()
