from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from .models import Mail, MailChoices, Notification, choices_of
from .wording import said_or_apology


def register() -> None:
    register_personal_data(
        PersonalData(
            name="notifications",
            label=_("Notifications and the e-mails about them"),
            purpose=_("To tell you what concerns you, once, in the way that you have chosen."),
            kept=_("Until 12 months after you have read them."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    choices = choices_of(person)
    return {
        "choices": {"paces": choices.paces, "paused_until": choices.paused_until},
        "news": [_exported_news(news) for news in Notification.objects.of(person).select_related("mail")],
    }


def _exported_news(news: Notification) -> dict[str, Any]:
    words = said_or_apology(news)
    return {
        "told_at": news.created_at,
        "read_at": news.read_at,
        "subject": words.subject,
        "text": words.text,
        "by_e_mail": news.mail.state if news.mail else None,
    }


def _erase(person: AbstractUser) -> None:
    for model in (Notification, Mail, MailChoices):
        model.objects.filter(person=person).delete()
