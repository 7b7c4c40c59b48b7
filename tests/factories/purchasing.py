import datetime as dt

import factory
from django.utils import timezone

from metropole.purchasing.models import Presentation, PresentedSolution

from .content import SolutionPageFactory


class PresentationFactory(factory.django.DjangoModelFactory):
    """A published and open presentation of one solution; ``sheets`` takes a list of others.

    ``closed=True``, ``upcoming=True``, ``draft=True`` change its state.
    """

    title = factory.Sequence(lambda n: f"Solutions présentées {n}")
    slug = factory.Sequence(lambda n: f"solutions-presentees-{n}")
    summary = "Des solutions montrées à toutes les collectivités."
    reasons = "Des fiches confirmées cette année, en usage dans deux communes."
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=5))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=20))
    published_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=6))

    class Meta:
        model = Presentation
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))
        upcoming = factory.Trait(opens_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1)))
        draft = factory.Trait(published_at=None)

    @factory.post_generation
    def sheets(self, create: bool, extracted: list | None, **kwargs) -> None:
        for order, sheet in enumerate([SolutionPageFactory()] if extracted is None else extracted):
            PresentedSolution.objects.create(presentation=self, solution=sheet, sort_order=order)
