import django.db.models.deletion
from django.db import migrations, models

from metropole.core.bootstrap import give_main_language


class Migration(migrations.Migration):
    dependencies = [
        ("taxonomy", "0002_french_order"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            "programme",
            "locale",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="locale",
            ),
        ),
        migrations.AddField("programme", "translation_key", models.UUIDField(editable=False, null=True)),
        migrations.RunPython(give_main_language("taxonomy", "Programme"), migrations.RunPython.noop),
    ]
