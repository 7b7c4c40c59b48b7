import datetime as dt
import hashlib

import factory
from django.utils import timezone

from metropole.responses.models import Response
from metropole.responses.sealing import as_bytes, seal_data

from .filing import OrganisationFactory
from .needs import NeedFactory


class ResponseFactory(factory.django.DjangoModelFactory):
    """A draft that answers an open need, or with ``is_deposited=True`` a response that was handed in.

    ``answers``: what it says, by field.
    """

    need = factory.SubFactory(NeedFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    class Meta:
        model = Response

    @classmethod
    def _create(cls, model_class: type[Response], *args, answers=None, is_deposited=False, **kwargs) -> Response:
        content = {"answers": answers or {"summary": "Une réponse."}, "files": []}
        kwargs.setdefault("draft", seal_data(content))
        if is_deposited:
            closes_at = kwargs["need"].closes_at
            kwargs.setdefault("submitted_at", min(timezone.now(), closes_at) - dt.timedelta(minutes=5))
            kwargs |= {"version": 1, "deposited": seal_data(content)}
            kwargs["digest"] = hashlib.sha256(as_bytes(content)).hexdigest()
        return super()._create(model_class, *args, **kwargs)
