from allauth.account.models import EmailAddress

from metropole.core.policy import Person
from metropole.organisations.evidence import Evidence

from .models import ProConnectIdentity


def account_evidence(person: Person) -> Evidence:
    """What a person has shown: the addresses that they confirmed, and what ProConnect says of their employer."""
    if not person.is_authenticated:
        return Evidence()
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    sirets = ProConnectIdentity.objects.filter(user=person).exclude(siret="").values_list("siret", flat=True)
    return Evidence(frozenset(addresses), frozenset(sirets))
