"""What the groups of the Wagtail admin may do, as a table.

What they may do to pages is set by Wagtail itself, but for translators.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Locale
from wagtail.snippets.models import create_extra_permissions

from metropole.core.models import HomePage
from metropole.translation.guards import TRANSLATORS

VOCABULARIES = ("taxonomy.theme", "taxonomy.programme", "taxonomy.tag", "taxonomy.synonymgroup")
ORGANISATIONS = ("organisations.organisation", "organisations.legaltext")
IN_THE_JOURNAL = (
    "organisations.membership",
    "organisations.invitation",
    "moderation.deletionrequest",
    "moderation.errorreport",
    "catalogue.deploymentstage",
    "catalogue.takeover",
    "board.cocarrier",
    "board.interest",
    "purchasing.interest",
    "purchasing.purchasinggroup",
)
"""What moderators read of in the journal, besides what they change: for all else they go through its own screens."""

GROUP_PERMISSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "Editors": {
        "add": (
            *VOCABULARIES,
            *ORGANISATIONS,
            "moderation.cannedmessage",
            "catalogue.legalduty",
            "catalogue.deployment",
            "board.threshold",
            "purchasing.presentation",
        ),
        "change": (
            *VOCABULARIES,
            *ORGANISATIONS,
            "catalogue.deployment",
            "territory.territory",
            "search.delivery",
            "board.needtext",
            "moderation.cannedmessage",
            "moderation.accuracyperiod",
            "catalogue.legalduty",
            "board.threshold",
            "purchasing.presentation",
        ),
        "publish": ("board.needtext",),
    },
    "Moderators": {
        "add": (
            *VOCABULARIES,
            *ORGANISATIONS,
            "moderation.cannedmessage",
            "catalogue.legalduty",
            "catalogue.deployment",
            "board.threshold",
            "purchasing.presentation",
        ),
        "change": (
            *VOCABULARIES,
            *ORGANISATIONS,
            "catalogue.deployment",
            "territory.territory",
            "search.delivery",
            "board.needtext",
            "moderation.cannedmessage",
            "moderation.accuracyperiod",
            "catalogue.legalduty",
            "board.threshold",
            "purchasing.presentation",
        ),
        "publish": ("board.needtext",),
        "delete": (
            *VOCABULARIES,
            "organisations.organisation",
            "search.delivery",
            "moderation.cannedmessage",
            "catalogue.legalduty",
            "board.threshold",
        ),
        "view": IN_THE_JOURNAL,
    },
    TRANSLATORS: {
        "access": ("wagtailadmin.admin",),
        "submit": ("wagtail_localize.translation",),
        "change": (
            "taxonomy.theme",
            "taxonomy.programme",
            "board.needtext",
            "catalogue.legalduty",
            "purchasing.presentation",
        ),
    },
}
"""By group, then by verb: the models that it may be done to."""


def grant_roles(using: str, **kwargs) -> None:
    """Signal receiver, after the migrations: makes the groups and gives them what the table says.

    What an administrator has given besides is left alone.
    """
    for label in {model.split(".")[0] for verbs in GROUP_PERMISSIONS.values() for model in _models(verbs)}:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    # Wagtail makes the right to publish its snippets itself, but only after this app's turn.
    create_extra_permissions(apps.get_app_config("wagtailsnippets"), using=using)
    for name, verbs in GROUP_PERMISSIONS.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*Permission.objects.using(using).filter(_permissions(verbs)))


def grant_translating(sender: type, instance: HomePage, **kwargs) -> None:
    """Signal receiver: a home page was saved. Translators may write below those that are not in the main language.

    They do not publish: somebody else reads what they wrote. What they may open there, the app "translation" says.
    """
    if instance.locale_id == Locale.get_default().pk:
        return
    group, _created = Group.objects.get_or_create(name=TRANSLATORS)
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.get_or_create(group=group, page=instance.page_ptr, permission=permission)


def _models(verbs: dict[str, tuple[str, ...]]) -> Iterable[str]:
    return (model for models in verbs.values() for model in models)


def _permissions(verbs: dict[str, tuple[str, ...]]) -> Q:
    wanted = Q(pk__in=[])
    for verb, models in verbs.items():
        for model in models:
            app_label, name = model.split(".")
            wanted |= Q(content_type__app_label=app_label, codename=f"{verb}_{name}")
    return wanted
