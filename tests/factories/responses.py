import datetime as dt

import factory
from django.utils import timezone

from catalogue.models import SolutionPage
from metropole.board.models import Need
from metropole.responses.content import criteria_of, digest_of
from metropole.responses.models import Response
from metropole.responses.sealing import seal_data

from .filing import OrganisationFactory
from .needs import NeedFactory


class ResponseFactory(factory.django.DjangoModelFactory):
    """A draft that answers an open need, or with ``is_deposited=True`` a response that was handed in.

    ``answers``: what it says, by field. ``solutions``: the sheets that it links.
    """

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = Response

    @classmethod
    def _create(
        cls, model_class: type[Response], *args, answers=None, solutions=None, is_deposited=False, **kwargs
    ) -> Response:
        content = {"answers": answers or {"summary": "Une réponse."}, "words": {}, "files": []}
        kwargs.setdefault("draft", seal_data(content))
        if is_deposited:
            closes_at = kwargs["need"].closes_at
            kwargs.setdefault("submitted_at", min(timezone.now(), closes_at) - dt.timedelta(minutes=5))
            kwargs |= cls._deposited(kwargs["need"], content["answers"], solutions or [])
        return super()._create(model_class, *args, **kwargs)

    @staticmethod
    def _deposited(need: Need, answers: dict, solutions: list[SolutionPage]) -> dict:
        """What is sealed then (see ``metropole.responses.content``), and what is kept beside it."""
        content = {
            "need": str(need.key),
            "answers": answers,
            "criteria": [
                {"key": one.key, "text": one.text, "kind": "essential" if one.is_essential else "desirable"}
                for one in criteria_of(need)
            ],
            "solutions": [{"key": str(page.translation_key), "title": page.title} for page in solutions],
            "files": [],
        }
        return {"version": 1, "deposited": seal_data(content), "digest": digest_of(content)}
