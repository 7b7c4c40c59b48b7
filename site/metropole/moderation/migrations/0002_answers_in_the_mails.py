from django.db import migrations


def write_answers(apps, schema_editor):
    """Those that are not sent yet wait among the site's other e-mails."""
    reports = apps.get_model("moderation", "ErrorReport").objects.filter(state="closed", answer_sent_at=None)
    mails = apps.get_model("notifications", "Mail").objects
    for report in reports.exclude(email=""):
        mails.create(writer="report.answer", ref=str(report.pk), language=report.language)


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0001_initial'),
        ('notifications', '0003_letters_to_strangers'),
    ]

    operations = [
        migrations.RunPython(write_answers, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='errorreport',
            name='answer_sent_at',
        ),
    ]
