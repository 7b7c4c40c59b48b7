"""Who asks, and who answers. Nobody learns who asked: no rule here gives it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from metropole.core.policy import Person, policy
from metropole.organisations.enums import CARRIER_KINDS
from metropole.organisations.models import Membership, Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from ..models import Need, Question
from ..policy import carrying, has_a_part, leads, moderates


def asking_organisations(person: Person, need: Need) -> OrganisationQuerySet:
    """The verified organisations that carry solutions and for which a person may ask about a need."""
    return _of_asker(person).verified().exclude(pk__in=Organisation.objects.filter(carrying(need)).values("pk"))


def _of_asker(person: Person) -> OrganisationQuerySet:
    held = Membership.objects.active().filter(Q(contributes=True) | Q(deposits=True), person=person)
    return Organisation.objects.filter(kind__in=CARRIER_KINDS, memberships__in=held).distinct()


def why_not_asking(person: Person, need: Need) -> str:
    """Why a person asks nothing about a need; "" where they may, as far as the clock lets them."""
    if has_a_part(person, need):
        return _("You have a part in this need: those who carry it do not ask about it.")
    if asking_organisations(person, need).exists():
        return ""
    if _of_asker(person).exists():
        return _("The Métropole has not verified your organisation yet: it cannot ask anything.")
    return _(
        "Only members who contribute or deposit responses for a verified company, association or the like may ask."
    )


@policy.rule("question.ask")
def may_ask(person: Person, need: Need) -> bool:
    return need.is_public and not why_not_asking(person, need)


@policy.rule("question.handle")
def may_handle(person: Person, question: Question) -> bool:
    """Read what is asked, without who asks; reword it, or set it aside."""
    return leads(person, question.need) or moderates(person, question.need)


@policy.rule("question.publish")
def may_publish(person: Person, question: Question) -> bool:
    """Answer it, and correct the answer: that is the lead authority's word."""
    return leads(person, question.need)
