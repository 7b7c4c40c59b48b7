"""What is known of where a person works. The app that keeps the accounts says it; this one lies below and asks."""

from collections.abc import Callable
from dataclasses import dataclass

from metropole.core.policy import Person

from .models import Organisation


@dataclass(frozen=True)
class Evidence:
    """Addresses that a person has shown to be theirs, and the SIRET of where they work, as their employer says."""

    addresses: frozenset[str] = frozenset()
    sirets: frozenset[str] = frozenset()


_sources: list[Callable[[Person], Evidence]] = []


def register_evidence(source: Callable[[Person], Evidence]) -> None:
    """From ``AppConfig.ready()``."""
    _sources.append(source)


def verified_addresses(person: Person) -> frozenset[str]:
    """In lower case."""
    return frozenset(address.lower() for source in _sources for address in source(person).addresses)


def shows_agent_of(person: Person, organisation: Organisation) -> bool:
    """Whether somebody is shown to work for an authority: by an address at one of its domains, or by its SIREN."""
    if not (organisation.is_authority and organisation.is_verified):
        return False
    domains = {address.rpartition("@")[2] for address in verified_addresses(person)}
    if organisation.email_domains.filter(domain__in=domains).exists():
        return True
    sirets = [siret for source in _sources for siret in source(person).sirets]
    return bool(organisation.siren) and any(siret.startswith(organisation.siren) for siret in sirets)
