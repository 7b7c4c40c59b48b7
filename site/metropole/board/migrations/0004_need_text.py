import uuid

import django.db.models.deletion
from django.db import migrations, models

import metropole.core.fields
import metropole.core.languages


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0003_unpublished_last'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='need',
            name='language',
            field=models.CharField(choices=metropole.core.languages.site_languages, default='fr', max_length=10, verbose_name='language of the original text'),
        ),
        migrations.CreateModel(
            name='NeedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('title', models.CharField(help_text='E.g. “Shade for a stone square”.', max_length=150, verbose_name='title')),
                ('summary', models.TextField(help_text='The need in two or three sentences.', max_length=400, verbose_name='summary')),
                ('problem', metropole.core.fields.ProseField(help_text='What is not going well, and for whom.', verbose_name='problem and users')),
                ('expected_result', metropole.core.fields.ProseField(help_text='What will be better, not how.', verbose_name='expected result')),
                ('work_done', metropole.core.fields.ProseField(blank=True, verbose_name='work already done')),
                ('constraints', metropole.core.fields.ProseField(blank=True, help_text='Sites, systems, data, calendar.', verbose_name='constraints')),
                ('success_criteria', metropole.core.fields.ProseField(blank=True, verbose_name='success criteria')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='board.need', verbose_name='need')),
            ],
            options={
                'verbose_name': 'text of a need',
                'verbose_name_plural': 'texts of needs',
                'ordering': ['-pk'],
                'abstract': False,
                'default_permissions': ('change', 'view'),
                'constraints': [models.UniqueConstraint(fields=('need', 'locale'), name='need_has_one_text_in_each_language')],
                'unique_together': {('translation_key', 'locale')},
            },
        ),
    ]
