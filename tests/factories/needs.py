import datetime as dt

import factory
from django.utils import timezone
from wagtail.models import Locale

from metropole.board.models import Need, NeedText

from .filing import OrganisationFactory


class NeedFactory(factory.django.DjangoModelFactory):
    """An open example need with its original text; ``closed=True`` and ``draft=True`` change its state.

    ``title`` and the other words are the text's; ``territories``, ``themes`` and ``tags`` take lists.
    """

    slug = factory.Sequence(lambda n: f"besoin-{n}")
    organisation = factory.SubFactory(OrganisationFactory, commune=True)
    published_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=20))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=10))
    is_example = True

    class Meta:
        model = Need

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))
        draft = factory.Trait(published_at=None, closes_at=None)

    @classmethod
    def _create(cls, model_class: type[Need], *args, **kwargs) -> Need:
        words = {name: kwargs.pop(name) for name in NeedText.word_fields if name in kwargs}
        many = {name: kwargs.pop(name, []) for name in ("territories", "themes", "tags")}
        need = super()._create(model_class, *args, **kwargs)
        for name, values in many.items():
            getattr(need, name).set(values)
        NeedTextFactory(need=need, locale=language(need.language), **words)
        return need


class NeedTextFactory(factory.django.DjangoModelFactory):
    """A published text of a need, which no other is a translation of."""

    title = factory.Sequence(lambda n: f"Besoin {n}")
    summary = "Ce que la commune cherche, en deux phrases."
    problem = "<p>Le problème.</p>"
    expected_result = "<p>Le résultat attendu.</p>"

    class Meta:
        model = NeedText


def language(code: str) -> Locale:
    """The locale of a language, which only the demonstration makes in other languages than French."""
    return Locale.objects.get_or_create(language_code=code)[0]
