"""Words that may show who asked.

Whoever publishes a question is never told whether the words of the very organisation that asked are in it: by trying
one name after the other, that refusal would give the asker away. So what is held against a text to be published is the
same whoever asked: addresses and numbers, every name of the public directory, and what a company says of itself. The
asker alone is shown their own name in their own text, before it is sent.
"""

import re
from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser

from metropole.organisations.enums import CARRIER_KINDS
from metropole.organisations.models import Organisation
from metropole.search.analysis import fold_word, words

LEGAL_FORMS = ("sa", "sas", "sasu", "sarl", "eurl", "scop", "scic", "sci", "snc", "ltd", "inc", "gmbh", "bv", "spa")
SHORTEST_NAME = 3
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?<!\d)(?:\+33|0033|0)[\s.-]?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
)
_THINGS = "société|entreprise|start-?up|association|coopérative|groupe|solution|produit|logiciel|plateforme|brevet"
_THINGS_IN_ENGLISH = "company|firm|business|start-?up|association|group|solution|product|software|platform|patent"
_OF_ITSELF = re.compile(rf"\b(?:notre|nos|ma|mon|our|my)\s+(?:(?:{_THINGS}|{_THINGS_IN_ENGLISH})s?)\b", re.IGNORECASE)


def contacts(text: str) -> list[str]:
    """The addresses and telephone numbers in a text."""
    return _once(_CONTACT.findall(text))


def pointed_out(*texts: str) -> list[str]:
    """What in texts may show who asked, whoever that was: to be read again by who publishes them."""
    whole = "\n".join(texts)
    directory = Organisation.objects.verified().filter(kind__in=CARRIER_KINDS).order_by("name")
    return _once([*named(whole, directory.values_list("name", flat=True)), *_OF_ITSELF.findall(whole)])


def own_traces(text: str, person: AbstractUser, organisation: Organisation) -> list[str]:
    """What in a text shows to others that it is this person's, or this organisation's. For themselves alone."""
    _name, _at, domain = person.email.rpartition("@")
    names = (organisation.name, person.first_name, person.last_name, domain, domain.partition(".")[0])
    return _once([*named(text, names), *contacts(text), *_OF_ITSELF.findall(text)])


def named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in a text, whatever its capitals and accents; without what only specifies them."""
    folded = _folded(text)
    return [name for name in names if len(key := _key(name)) >= SHORTEST_NAME and f" {key} " in f" {folded} "]


def _key(name: str) -> str:
    parts = _folded(_IN_BRACKETS.sub(" ", name)).split()
    while len(parts) > 1 and parts[-1] in LEGAL_FORMS:
        parts.pop()
    return " ".join(parts)


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold_word, words(text))))


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))
