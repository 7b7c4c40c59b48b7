from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResponsesConfig(AppConfig):
    """Answers to needs. No admin, no revisions, no search, no log of what they say: see ``sealing``."""

    name = "metropole.responses"
    label = "responses"
    verbose_name = _("responses")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from . import checks, policy, triggers  # noqa: F401 - checks and rules register themselves
        from .opening import ready as opening
        from .writing import ready as writing

        writing.register()
        opening.register()
        for guard in triggers.GUARDS:
            post_migrate.connect(guard, sender=self)
        for refusal in triggers.REFUSALS:
            # Of all apps: it is the board's table that is built anew.
            pre_migrate.connect(refusal.lift)
            post_migrate.connect(refusal.make, sender=self)
