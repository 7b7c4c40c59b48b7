import datetime as dt

import factory
from django.utils import timezone

from metropole.board.models import Need

from .filing import OrganisationFactory


class NeedFactory(factory.django.DjangoModelFactory):
    """An open example need; ``closed=True`` and ``draft=True`` change its state."""

    title = factory.Sequence(lambda n: f"Besoin {n}")
    slug = factory.Sequence(lambda n: f"besoin-{n}")
    summary = "Ce que la commune cherche, en deux phrases."
    organisation = factory.SubFactory(OrganisationFactory, commune=True)
    problem = "<p>Le problème.</p>"
    expected_result = "<p>Le résultat attendu.</p>"
    published_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=20))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=10))
    is_example = True

    class Meta:
        model = Need

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))
        draft = factory.Trait(published_at=None, closes_at=None)
