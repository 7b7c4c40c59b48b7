from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "metropole.moderation"
    label = "moderation"
    verbose_name = _("moderation")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from wagtail.models import WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

        from . import notifications, policy, transitions  # noqa: F401 - rules and actions register themselves
        from .models import Submission
        from .workflow import create_workflow

        notifications.register()
        post_migrate.connect(create_workflow, sender=self)
        task_submitted.connect(notifications.submitted, sender=Submission)
        for signal, name in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            # By its identifier, it takes the place of the receiver that Wagtail connects after us.
            identifier = f"workflow_state_{name}_email_notification"
            signal.connect(notifications.told_by_the_site, sender=WorkflowState, dispatch_uid=identifier)
