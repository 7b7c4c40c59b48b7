import datetime as dt

import factory
from django.utils import timezone
from wagtail.models import Locale

from metropole.board.enums import NeedMode
from metropole.board.models import Need, NeedText
from metropole.moderation.working_days import is_working_day

from .filing import OrganisationFactory

COMPLETE = {
    "success_criteria": "<p>Ce qui sera mesuré.</p>",
    "essential_criteria": "Fonctionne sans internet\nRelié au logiciel de la commune",
}
"""What a need owes besides when it is submitted."""


class NeedFactory(factory.django.DjangoModelFactory):
    """An open example need with its original text.

    ``closed=True``, ``studying=True``, ``draft=True``, ``in_review=True`` change its state; ``direct=True`` its mode.
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
        studying = factory.Trait(
            closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=2)),
            opened_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)),
        )
        draft = factory.Trait(published_at=None, closes_at=None)
        in_review = factory.Trait(
            published_at=None,
            submitted_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)),
            alternatives_shown_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=2)),
            no_early_contacts=True,
            closes_at=factory.LazyFunction(lambda: working_hour(30)),
            questions_close_at=factory.LazyFunction(lambda: working_hour(15)),
            answers_due_at=factory.LazyFunction(lambda: working_hour(20)),
        )
        direct = factory.Trait(
            mode=NeedMode.DIRECT,
            value_low=10_000,
            value_high=20_000,
            weightings=[{"criterion": "Prix", "weight": "40"}, {"criterion": "Qualité", "weight": "60"}],
        )

    @classmethod
    def _create(cls, model_class: type[Need], *args, **kwargs) -> Need:
        words = COMPLETE if kwargs.get("submitted_at") else {}
        words = words | {name: kwargs.pop(name) for name in (*NeedText.word_fields, "live") if name in kwargs}
        many = {name: kwargs.pop(name, []) for name in ("territories", "themes", "tags")}
        need = super()._create(model_class, *args, **kwargs)
        for name, values in many.items():
            getattr(need, name).set(values)
        words.setdefault("live", need.published_at is not None)
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


def working_hour(days: int) -> dt.datetime:
    """Noon in Paris on the first working day after so many days."""
    day = timezone.localdate() + dt.timedelta(days=days)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def language(code: str) -> Locale:
    """The locale of a language, which only the demonstration makes in other languages than French."""
    return Locale.objects.get_or_create(language_code=code)[0]
