from django.contrib.auth.models import AbstractUser

from .enums import Right
from .invitations import received
from .models import Membership, Organisation


def waiting_for(person: AbstractUser) -> int:
    """How much waits for a person's answer: invitations, and requests to join what they manage."""
    owned = Organisation.objects.of(person, Right.OWNS)
    return len(received(person)) + Membership.objects.asked().filter(organisation__in=owned).count()
