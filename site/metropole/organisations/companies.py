"""Companies and associations: registered by one of theirs, verified by an editor, and only then public."""

from string import ascii_lowercase

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.notifications.services import notify

from .actions import EDIT, REGISTER
from .enums import MembershipState, Verification
from .models import Membership, Organisation
from .people import owners
from .transitions import VERIFICATIONS

IDENTITY = ("name", "siren")
"""What an editor has verified: another one is verified anew."""
DESCRIBED = ("kind", "name", "siren", "siret", "website", "description", "sector", "size", "town", "postal_code")
RESERVED_SLUGS = frozenset({"rejoindre", "join", "inscrire", "register"})
"""Where the workspace has its own screens."""
LONGEST_SLUG = 60


class AlreadyRegisteredError(ValidationError):
    """An organisation has this SIREN already: one asks to join it."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        super().__init__({"number": _("An organisation with this SIREN is registered already.")})


def register(organisation: Organisation, person: AbstractUser) -> Organisation:
    """Stores a new company or association, whose owner the person is with all rights. Its form has cleaned it.

    Raises AlreadyRegisteredError.
    """
    policy.require(person, "organisation.register")
    organisation.verification = Verification.WAITING
    organisation.verification_asked_at = timezone.now()
    for slug in (_free_slug(organisation.name), _random_slug(organisation.name)):
        organisation.slug = slug
        if _stored(organisation, person):
            return organisation
        existing = Organisation.objects.filter(siren=organisation.siren).first()
        if existing:
            raise AlreadyRegisteredError(existing)
    raise RuntimeError("A random address was taken.")


def _stored(organisation: Organisation, person: AbstractUser) -> bool:
    """Whether it could be stored: meanwhile somebody else may have taken its SIREN, or its address."""
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
            _make_owner(organisation, person)
            record(organisation, REGISTER, person, organisation=organisation, after=_said(organisation))
    except IntegrityError:
        organisation.pk = None
        return False
    return True


@transaction.atomic
def describe(organisation: Organisation, person: AbstractUser) -> None:
    """Saves what has been changed in a sheet. An owner's other name or SIREN, as a correction after a refusal, waits
    for an editor; meanwhile the organisation is not public. Raises PermissionDenied, AlreadyRegisteredError.
    """
    policy.require(person, "organisation.manage", organisation)
    before = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    try:
        with transaction.atomic():
            organisation.save(update_fields=[*DESCRIBED, "based_in"])
    except IntegrityError:
        raise AlreadyRegisteredError(Organisation.objects.get(siren=organisation.siren)) from None
    record(organisation, EDIT, person, organisation=organisation, before=_said(before), after=_said(organisation))
    if _must_be_verified_again(before, organisation) and not policy.may(person, "organisation.verify", organisation):
        organisation.verification_asked_at = timezone.now()
        VERIFICATIONS.apply(organisation, "resubmit", person, changed=["verification_asked_at"])


@transaction.atomic
def verify(organisation: Organisation, person: AbstractUser) -> None:
    """Makes it public."""
    organisation.verification_reason = ""
    VERIFICATIONS.apply(organisation, "verify", person, changed=["verification_reason"])
    _tell_owners(organisation, "verified")


@transaction.atomic
def refuse(organisation: Organisation, person: AbstractUser, reason: str) -> None:
    """Keeps it from the public, or takes it back from there."""
    organisation.verification_reason = reason
    VERIFICATIONS.apply(organisation, "refuse", person, reason=reason, changed=["verification_reason"])
    _tell_owners(organisation, "refused", reason=reason)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:LONGEST_SLUG].strip("-")
    is_free = slug and slug not in RESERVED_SLUGS and not Organisation.objects.filter(slug=slug).exists()
    return slug if is_free else _random_slug(name)


def _random_slug(name: str) -> str:
    slug = slugify(name)[:LONGEST_SLUG].strip("-") or "organisation"
    return f"{slug}-{get_random_string(6, ascii_lowercase)}"


def _make_owner(organisation: Organisation, person: AbstractUser) -> None:
    membership = Membership(person=person, organisation=organisation, state=MembershipState.ACTIVE)
    membership.rights = organisation.grantable_rights
    membership.save()


def _said(organisation: Organisation) -> dict[str, str]:
    return {name: getattr(organisation, name) or "" for name in DESCRIBED}


def _must_be_verified_again(before: Organisation, after: Organisation) -> bool:
    if before.is_authority or before.verification == Verification.WAITING:
        return False
    changed = any(getattr(before, name) != getattr(after, name) for name in IDENTITY)
    return changed or before.verification == Verification.REFUSED


def _tell_owners(organisation: Organisation, what: str, **words: str) -> None:
    notify(
        owners(organisation),
        f"organisation.{what}",
        f"organisation.{what}:{organisation.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        ("organisations:home", organisation.slug),
        organisation=organisation.name,
        **words,
    )
