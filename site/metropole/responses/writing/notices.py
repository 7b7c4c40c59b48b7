"""What the people of a response are told: nothing of what it says, and nobody else of anything."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractUser
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from metropole.board.models import Need
from metropole.core.templatetags.site_tags import paris_time
from metropole.notifications.kinds import Kind, register_kinds
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic, register_topics

from ..models import Receipt, Response

TOPIC = "responses"
_YOURS = _("You did this yourself, in the name of your organisation.")
_OF_YOURS = _("Your organisation has begun a response, and you may deposit it.")
_PROOF = _(
    "%(what)s\nNeed: %(need)s\nReceipt: %(number)s\nInstant: %(at)s\nVersion: %(version)s\nSHA-256: %(digest)s\n"
    "SHA-256 of the files: %(files)s"
)
_SUBJECT = _("Receipt %(number)s")

# fmt: off
KINDS = (
    Kind("response.acknowledged", TOPIC, _SUBJECT, _PROOF, _YOURS),
    Kind("response.reminder", TOPIC, _("Not deposited yet: “%(need)s”"),
         _("The response that your organisation prepares is not deposited. The need closes on %(at)s: later, nothing "
           "is accepted."), _OF_YOURS),
    Kind("response.not_deposited", TOPIC, _("Closed: “%(need)s”"),
         _("The need closed on %(at)s. The response that your organisation prepared was not deposited: nobody else has "
           "read it, and nobody will."), _OF_YOURS),
)
# fmt: on


def register() -> None:
    explanation = _("The receipts of what you deposit, and the drafts that are not deposited yet.")
    register_topics(Topic(TOPIC, _("Responses"), explanation, 25))
    register_kinds(*KINDS)


def acknowledged(receipt: Receipt, person: AbstractUser) -> None:
    """Sends the receipt to who has deposited or withdrawn, and to nobody else."""
    route = ("responses:receipt", str(receipt.response_id), receipt.number)
    with override(person.language):
        words = {
            "what": receipt.get_kind_display().capitalize(),
            "need": name_of(receipt.response.need, person.language),
            "number": receipt.number,
            "at": said_at(receipt.at),
            "version": receipt.version,
            "digest": receipt.digest,
            "files": ", ".join(receipt.files) or "–",
        }
    notify([person], "response.acknowledged", f"response.receipt:{receipt.number}", route, **words)


def reminded(response: Response, people: Iterable[AbstractUser]) -> None:
    _tell(response, people, "response.reminder")


def not_deposited(response: Response, people: Iterable[AbstractUser]) -> None:
    _tell(response, people, "response.not_deposited")


def _tell(response: Response, people: Iterable[AbstractUser], kind: str) -> None:
    """Each person once, in their language."""
    for person in people:
        with override(person.language):
            words = {"need": name_of(response.need, person.language), "at": said_at(response.need.closes_at)}
        notify([person], kind, f"{kind}:{response.pk}", ("responses:response", str(response.pk)), **words)


def name_of(need: Need, language: str) -> str:
    text = need.text_for(language)
    return text.title if text else need.name


def said_at(instant: object) -> str:
    return strip_tags(paris_time(instant))
