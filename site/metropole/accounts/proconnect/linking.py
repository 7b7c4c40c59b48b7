"""Which account is whose: by ``sub``, and with its owner's consent where an account has the same address already."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from metropole.accounts.models import User

from .claims import Claims
from .models import ProConnectIdentity
from .refusals import AccountClosed, NothingToLink


def identity_of(claims: Claims) -> ProConnectIdentity | None:
    """The identity that ProConnect speaks of, with an account made for who has none.

    None if an account of somebody not linked has its address: they must show that it is theirs.
    """
    identity = _known(claims)
    if identity is None and not _holder(claims):
        try:
            with transaction.atomic():
                identity = _newcomer(claims)
        except IntegrityError:  # Who came twice at once is there by now.
            identity = _known(claims)
    if identity is not None:
        _open(identity.user)
        _use(identity, claims)
    return identity


def account_to_link(claims: Claims) -> User:
    """Whose account it is that has the address already."""
    user = _holder(claims)
    if user is None:
        raise NothingToLink
    return _open(user)


def link(user: User, claims: Claims) -> ProConnectIdentity:
    """Known by this identity from now on, in place of another one that they may have had."""
    try:
        with transaction.atomic():
            identity, _created = ProConnectIdentity.objects.update_or_create(
                user=user, defaults={"sub": claims.sub, "siret": claims.siret, "linked_at": timezone.now()}
            )
    except IntegrityError:
        raise NothingToLink from None
    return identity


def _known(claims: Claims) -> ProConnectIdentity | None:
    return ProConnectIdentity.objects.select_related("user").filter(sub=claims.sub).first()


def _holder(claims: Claims) -> User | None:
    return User.objects.filter(email__iexact=claims.email).first()


def _newcomer(claims: Claims) -> ProConnectIdentity:
    """A person without a password, whose address ProConnect vouches for."""
    user = User.objects.create_user(claims.email, first_name=claims.first_name, last_name=claims.last_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return ProConnectIdentity.objects.create(user=user, sub=claims.sub)


def _open(user: User) -> User:
    if not user.is_active:
        raise AccountClosed
    return user


def _use(identity: ProConnectIdentity, claims: Claims) -> None:
    identity.siret, identity.last_used_at = claims.siret, timezone.now()
    identity.save(update_fields=["siret", "last_used_at"])
