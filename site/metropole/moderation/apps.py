from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "metropole.moderation"
    label = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_save
        from wagtail.models import WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

        from metropole.content.reading import register_reading
        from metropole.core.beats import register_beat
        from metropole.core.tracking import Tracked, track
        from metropole.core.workspace import Screen, register_screen

        from . import answers, notifications, personal_data, policy, queue, reports, transitions  # noqa: F401 - rules and actions register themselves
        from .accuracy import ask_organisations, create_periods, for_person, with_life
        from .models import AccuracyPeriod, CannedMessage, Submission
        from .tracing import review_about_to_change, track_pages
        from .workflow import create_workflow

        answers.register()
        notifications.register()
        personal_data.register()
        post_migrate.connect(create_workflow, sender=self)
        post_migrate.connect(create_periods, sender=self)
        waiting = Screen(_("Still accurate?"), "moderation:accuracy", 250, lambda person: len(for_person(person)))
        register_screen(waiting)
        register_reading(with_life)
        queue.register()
        reports.register_reportable("page", reports.find_page)
        register_beat("contents to be confirmed", 6 * 3600, ask_organisations)
        register_beat("addresses of reporters", 3600, reports.forget_addresses)
        track_pages()
        for model in (CannedMessage, AccuracyPeriod):
            track(Tracked(model))
        pre_save.connect(review_about_to_change, sender=WorkflowState)
        task_submitted.connect(notifications.submitted, sender=Submission)
        for signal, name in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            # By its identifier, it takes the place of the receiver that Wagtail connects after us.
            identifier = f"workflow_state_{name}_email_notification"
            signal.connect(notifications.told_by_the_site, sender=WorkflowState, dispatch_uid=identifier)
