"""The level and the provenance of what a sheet says. A claim is made when it is published, by who sent it."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.moderation.models import Submission
from metropole.organisations.models import Organisation

from ..enums import Level
from ..models import Claim, Corroboration, SolutionPage
from .groups import EVIDENCED, FIELDS, QUALITY

CORROBORATED = "catalogue.claim.corroborate"


@dataclass(frozen=True)
class Standing:
    """How far a field of a sheet is backed, on whose word (None: the editors', from the sources) and since when."""

    level: Level
    said_by: Organisation | None = None
    said_at: dt.datetime | None = None
    confirmed_by: tuple[Organisation, ...] = ()
    confirmed_before: tuple[Organisation, ...] = ()
    """By whom something else was confirmed, that the field said then."""


def value_digest(page: SolutionPage, field: str) -> str:
    """Stands for a field's value; "" where it says nothing."""
    value = page._meta.get_field(field).value_from_object(page)
    if value in (None, "", []):
        return ""
    written = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True)
    return blake2b(written.encode(), digest_size=16).hexdigest()


@transaction.atomic
def record_claims(page: SolutionPage, revision: Revision | None = None) -> None:
    """Notes what a version that has just been published says otherwise than the one before."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return
    known = {claim.field: claim for claim in Claim.objects.select_for_update().filter(solution=page)}
    author = _author(page, revision)
    for field in FIELDS:
        digest, claim = value_digest(page, field), known.get(field)
        if not digest:
            if claim:
                claim.delete()
        elif claim is None or claim.digest != digest:
            Claim.objects.update_or_create(
                solution=page,
                field=field,
                defaults={"digest": digest, "said_by": author, "said_at": timezone.now()},
            )


def _author(page: SolutionPage, revision: Revision | None) -> Organisation | None:
    """The organisation for which a version was submitted; None for one that the editors published themselves."""
    submission = Submission.objects.filter(revision=revision).exclude(organisation=None).last() if revision else None
    return submission.organisation if submission else None


def standings(page: SolutionPage, known: Iterable[Claim] | None = None) -> dict[str, Standing]:
    """By field, for all that the sheet says, its qualities each by itself ("quality:frugal").

    ``known``: the claims of the page, where those of several were read at once.
    """
    evidenced = {row.get("field") for row in page.evidence}
    claims = {claim.field: claim for claim in (claims_of(page) if known is None else known)}
    found = {}
    for field in FIELDS:
        if not value_digest(page, field):
            continue
        claim = claims.get(field)
        found[field] = _standing(field, field in evidenced, claim)
    for quality in page.qualities:
        key = f"{QUALITY}{quality}"
        found[key] = _standing(key, key in evidenced, claims.get("qualities"))
    return found


def claims_of(*pages: SolutionPage) -> Iterable[Claim]:
    """With who said them and who confirms them; those of the original for a translation.

    Most are confirmed by nobody: one query then, and else two.
    """
    keys = [page.translation_key for page in pages]
    claims = Claim.objects.filter(solution__translation_key__in=keys).select_related("said_by__territory", "solution")
    found = list(claims.annotate(is_confirmed=Exists(Corroboration.objects.filter(claim=OuterRef("pk")))))
    every = Corroboration.objects.select_related("organisation__territory")
    for is_confirmed, confirmations in ((True, every), (False, every.none())):
        own = [claim for claim in found if claim.is_confirmed == is_confirmed]
        prefetch_related_objects(own, Prefetch("corroborations", confirmations))
    return found


def _standing(key: str, is_evidenced: bool, claim: Claim | None) -> Standing:
    said = list(claim.corroborations.all()) if claim else []
    confirmed = tuple(each.organisation for each in said if each.digest == claim.digest)
    before = tuple(each.organisation for each in said if each.digest != claim.digest)
    if confirmed:
        level = Level.CONFIRMED
    elif is_evidenced:
        level = Level.EVIDENCED
    else:
        level = Level.UNVERIFIED if key in EVIDENCED or key.startswith(QUALITY) else Level.DECLARED
    return Standing(level, claim and claim.said_by, claim and claim.said_at, confirmed, before)


@transaction.atomic
def corroborate(
    claim: Claim, organisation: Organisation, person: AbstractUser, digest: str | None = None
) -> Corroboration:
    """An authority confirms what a sheet says now. Asked again, it confirms the present value.

    ``digest``: of the value that the person has read. Raises TransitionRefusedError, PermissionDenied.
    """
    current = Claim.objects.select_for_update(of=("self",)).select_related("solution").filter(pk=claim.pk).first()
    if current is None or digest not in (None, current.digest):
        raise TransitionRefusedError(_("The sheet says otherwise by now: read it again before you confirm it."))
    claim = current
    policy.require(person, "claim.corroborate", (claim, organisation))
    made, _is_new = Corroboration.objects.update_or_create(
        claim=claim,
        organisation=organisation,
        defaults={"person": person, "digest": claim.digest, "confirmed_at": timezone.now()},
    )
    record(claim.solution, CORROBORATED, person, organisation=organisation, after={"field": claim.field})
    return made
