from uuid import uuid4

from django.db import migrations


def give_each_need_its_key(apps, schema_editor):
    for need in apps.get_model('board', 'Need').objects.using(schema_editor.connection.alias).filter(key=None):
        need.key = uuid4()
        need.save(update_fields=['key'])


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0007_need_key'),
    ]

    operations = [
        migrations.RunPython(give_each_need_its_key, migrations.RunPython.noop),
    ]
