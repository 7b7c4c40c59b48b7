"""Who may join an authority at once changes with its e-mail domains: the log says so."""

from metropole.core.audit import record

from .actions import ADD_DOMAIN, REMOVE_DOMAIN
from .models import EmailDomain

# The person is whom Wagtail's admin knows to be acting.


def domain_added(instance: EmailDomain, created: bool, **kwargs) -> None:
    """Signal receiver."""
    if created:
        _record(ADD_DOMAIN, instance, before=None, after=instance.domain)


def domain_removed(instance: EmailDomain, **kwargs) -> None:
    """Signal receiver."""
    _record(REMOVE_DOMAIN, instance, before=instance.domain, after=None)


def _record(action: str, domain: EmailDomain, before: str | None, after: str | None) -> None:
    record(domain.organisation, action, None, organisation=domain.organisation, before=before, after=after)
