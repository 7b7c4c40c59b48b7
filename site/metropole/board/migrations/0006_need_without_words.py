from django.db import migrations, models

import metropole.core.fields


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0005_words_to_texts'),
    ]

    # What may be blank comes back empty when this is reversed, until the words are put back.
    operations = [
        migrations.AlterField('need', 'title', models.CharField(blank=True, max_length=150, verbose_name='title')),
        migrations.AlterField('need', 'summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
        migrations.AlterField('need', 'problem', metropole.core.fields.ProseField(blank=True, verbose_name='problem and users')),
        migrations.AlterField('need', 'expected_result', metropole.core.fields.ProseField(blank=True, verbose_name='expected result')),
        migrations.RemoveField('need', 'title'),
        migrations.RemoveField('need', 'summary'),
        migrations.RemoveField('need', 'problem'),
        migrations.RemoveField('need', 'expected_result'),
        migrations.RemoveField('need', 'work_done'),
        migrations.RemoveField('need', 'constraints'),
        migrations.RemoveField('need', 'success_criteria'),
    ]
