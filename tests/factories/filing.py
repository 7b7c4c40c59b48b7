import factory
from wagtail.models import Locale

from metropole.organisations.enums import OrganisationKind
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Programme, Theme
from metropole.territory.enums import Department, TerritoryKind
from metropole.territory.models import Territory


class MetropoleFactory(factory.django.DjangoModelFactory):
    kind = TerritoryKind.METROPOLE
    name = "Métropole du Grand Paris"
    slug = "metropole"

    class Meta:
        model = Territory
        django_get_or_create = ["slug"]


class EptFactory(factory.django.DjangoModelFactory):
    kind = TerritoryKind.EPT
    parent = factory.SubFactory(MetropoleFactory)
    name = factory.Sequence(lambda n: f"Territoire {n}")
    slug = factory.Sequence(lambda n: f"territoire-{n}")
    number = 8
    outline = "M0,0l500,0 0,500z"

    class Meta:
        model = Territory


class CommuneFactory(factory.django.DjangoModelFactory):
    kind = TerritoryKind.COMMUNE
    parent = factory.SubFactory(EptFactory)
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.Sequence(lambda n: f"commune-{n}")
    number = factory.SelfAttribute("parent.number")
    insee_code = factory.Sequence(lambda n: f"93{n:03}")
    department = Department.SEINE_SAINT_DENIS
    population = 40_000
    outline = "M0,0l10,0 0,10z"

    class Meta:
        model = Territory


class ThemeFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Thème {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")
    locale = factory.LazyFunction(Locale.get_default)

    class Meta:
        model = Theme


class ProgrammeFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Programme {n}")
    short_name = factory.SelfAttribute("name")
    slug = factory.Sequence(lambda n: f"programme-{n}")

    class Meta:
        model = Programme


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A startup; ``commune=True`` makes it the authority of a new commune."""

    kind = OrganisationKind.STARTUP
    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")

    class Meta:
        model = Organisation

    class Params:
        commune = factory.Trait(
            kind=OrganisationKind.COMMUNE,
            territory=factory.SubFactory(CommuneFactory),
            name=factory.SelfAttribute("territory.name"),
            slug=factory.SelfAttribute("territory.slug"),
        )
