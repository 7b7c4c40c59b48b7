"""What was yes or no, "is it free software", is now said by the licence of the software: in sheets and in their drafts."""

from django.db import migrations

LICENSING = {True: "open", False: "proprietary"}


def to_licensing(apps, schema_editor):
    solutions = apps.get_model("catalogue", "SolutionPage").objects
    for is_open, licensing in LICENSING.items():
        solutions.filter(open_source=is_open).update(licensing=licensing)
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(content_type__app_label="catalogue", content_type__model="solutionpage").iterator():
        is_open = revision.content.pop("open_source", None)
        revision.content["licensing"] = LICENSING.get(is_open, "")
        revision.save(update_fields=["content"])


def to_open_source(apps, schema_editor):
    solutions = apps.get_model("catalogue", "SolutionPage").objects
    for is_open, licensing in LICENSING.items():
        solutions.filter(licensing=licensing).update(open_source=is_open)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_whole_sheet"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [migrations.RunPython(to_licensing, to_open_source)]
