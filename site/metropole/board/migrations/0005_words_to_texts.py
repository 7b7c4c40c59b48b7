from django.db import migrations

WORDS = ('title', 'summary', 'problem', 'expected_result', 'work_done', 'constraints', 'success_criteria')


def give_each_need_its_text(apps, schema_editor):
    using = schema_editor.connection.alias
    locales = apps.get_model('wagtailcore', 'Locale').objects.using(using)
    texts = apps.get_model('board', 'NeedText').objects.using(using)
    for need in apps.get_model('board', 'Need').objects.using(using).iterator():
        locale, _created = locales.get_or_create(language_code=need.language)
        texts.create(need=need, locale=locale, **{name: getattr(need, name) for name in WORDS})


def give_each_need_its_words_back(apps, schema_editor):
    """Of the original texts: those in other languages have no place in the needs themselves."""
    using = schema_editor.connection.alias
    texts = apps.get_model('board', 'NeedText').objects.using(using)
    for text in texts.select_related('need', 'locale').iterator():
        if text.locale.language_code == text.need.language:
            for name in WORDS:
                setattr(text.need, name, getattr(text, name))
            text.need.save(update_fields=WORDS)
    texts.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('board', '0004_need_text'),
    ]

    operations = [
        migrations.RunPython(give_each_need_its_text, give_each_need_its_words_back),
    ]
