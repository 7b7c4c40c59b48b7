"""The terms that everybody agrees to and the charter of who carries solutions: what is still to be accepted."""

from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from metropole.core.audit import record
from metropole.core.policy import policy

from .actions import AGREE
from .enums import LegalKind
from .models import Acceptance, LegalText, Organisation


def missing(person: AbstractUser, organisation: Organisation | None = None) -> list[LegalText]:
    """The texts in force to which a person has not agreed: the charter, for a carrier of solutions, in its name."""
    kinds = {LegalKind.TERMS: None}
    if organisation is not None and not organisation.is_authority:
        kinds[LegalKind.CHARTER] = organisation
    current = [(LegalText.objects.current(kind), bound) for kind, bound in kinds.items()]
    return [
        text
        for text, bound in current
        if text and not Acceptance.objects.filter(person=person, text=text, organisation=bound).exists()
    ]


@transaction.atomic
def accept(person: AbstractUser, text: LegalText, organisation: Organisation | None = None) -> None:
    """Writes down that a person agrees to a text; that they did it twice changes nothing."""
    policy.require(person, "legal.accept", organisation)
    bound = organisation if text.kind == LegalKind.CHARTER else None
    _acceptance, is_new = Acceptance.objects.get_or_create(person=person, text=text, organisation=bound)
    if is_new:
        record(text, AGREE, person, organisation=bound, after={"version": text.version})


def require_acceptance(request: HttpRequest, organisation: Organisation | None = None) -> HttpResponse | None:
    """Where to send somebody first who is about to deposit something without having agreed; None if they have."""
    if not missing(request.user, organisation):
        return None
    query = {"next": request.get_full_path()}
    if organisation is not None:
        query["organisation"] = organisation.slug
    return redirect(f"{reverse('organisations:accept_texts')}?{urlencode(query)}")
