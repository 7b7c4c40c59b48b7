"""For the migrations that make an existing model translatable."""

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def give_main_language(app_label: str, model_name: str) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    """A migration's step: each row is an original in the site's main language."""

    def step(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        rows = apps.get_model(app_label, model_name).objects.filter(locale=None)
        if not rows.exists():
            return
        locales = apps.get_model("wagtailcore", "Locale").objects
        locale, _created = locales.get_or_create(language_code=settings.LANGUAGE_CODE)
        for row in rows:
            row.locale, row.translation_key = locale, uuid4()
            row.save(update_fields=["locale", "translation_key"])

    return step
