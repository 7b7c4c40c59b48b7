from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, register_personal_data

from ..models import Following, Watch
from .finding import followings_of


def register() -> None:
    register_personal_data(
        PersonalData(
            name="following",
            label=_("The needs, themes and territories that you follow"),
            purpose=_("To tell you what becomes of needs, and of new ones that fit. Nobody else sees what you follow."),
            kept=_("Until you end it, or close your account."),
            export=_exported,
            erase=_erase,
        )
    )


def _exported(person: AbstractUser) -> dict[str, Any]:
    return {
        "needs": [
            {"need": str(watch.need), "since": watch.since}
            for watch in Watch.objects.filter(person=person).select_related("need").order_by("since")
        ],
        "themes_and_territories": [
            {
                "organisation": str(following.organisation or ""),
                "themes": [theme.name for theme in following.themes.all()],
                "territories": [territory.name for territory in following.territories.all()],
                "is_active": following.is_active,
                "since": following.since,
            }
            for following in followings_of(person)
        ],
    }


def _erase(person: AbstractUser) -> None:
    Watch.objects.filter(person=person).delete()
    Following.objects.filter(person=person).delete()
