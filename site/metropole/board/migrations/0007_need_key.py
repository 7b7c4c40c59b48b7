from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0006_need_without_words'),
    ]

    operations = [
        migrations.AddField('need', 'key', models.UUIDField(editable=False, null=True, verbose_name='key')),
    ]
