"""What holds in the admin for whoever translates, beyond what wagtail-localize asks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from .progress import missing_passages

TRANSLATORS = "Translators"
"""The group whose members translate, and do nothing else unless another group lets them."""


def only_translates(user: Any) -> bool:
    """Whether translating is all that a user may do in the admin."""
    if user.is_superuser:
        return False
    return set(user.groups.values_list("name", flat=True)) == {TRANSLATORS}


def refuse_beyond_translating(user: Any, translation: Translation | None) -> None:
    """Raises PermissionDenied for a translator who would change something else than a translation."""
    if translation is None and only_translates(user):
        raise PermissionDenied


def refuse_incomplete(request: HttpRequest, translation: Translation) -> HttpResponse | None:
    """An attempt to publish a translation with passages missing leads back to it: they would be read in French."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    count = missing_passages(translation).count()
    if not count:
        return None
    said = ngettext(
        "%(count)d passage is not translated yet, or has an error: nothing was published.",
        "%(count)d passages are not translated yet, or have an error: nothing was published.",
        count,
    )
    messages.error(request, said % {"count": count})
    return redirect(request.path)


def say_if_alone(request: HttpRequest, instance: Model) -> None:
    """Tells the editor of a page that it has no original in the site's main language, perhaps no longer."""
    main = Locale.get_default()
    if request.method != "GET" or not isinstance(instance, Page) or instance.locale_id == main.pk:
        return
    if not instance.has_translation(main):
        language = main.get_display_name()
        said = _(
            "This page has no version in %(language)s: either it was written so, or its original was deleted. "
            "It is kept like any other page; publish it if it is to be read."
        )
        messages.warning(request, said % {"language": language})
