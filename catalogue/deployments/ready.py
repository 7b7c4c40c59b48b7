"""What deployments add to the rest of the site when it starts."""

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from metropole.content.reading import register_reading
from metropole.core.profile import ProfilePart, register_profile_part
from metropole.core.workspace import Part, Screen, register_part, register_screen
from metropole.moderation.queue import Source, register_queue

from . import notices, personal_data, policy, queue, transitions  # noqa: F401 - rules and actions register themselves
from .changes import deployment_changed
from .models import Deployment
from .profile import used_by
from .sheet import with_use
from .workspace import waiting_count, waiting_part


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    personal_data.register()
    register_screen(Screen(_("Deployments"), "deployments:mine", 270, waiting_count))
    register_part(Part("deployments/_waiting.html", waiting_part, 150))
    register_profile_part(ProfilePart("deployments/_of_organisation.html", used_by, 100))
    register_reading(with_use)
    register_queue(Source("deployments", queue.rows, lambda: len(queue.alone())))
    for signal in (post_save, post_delete):
        signal.connect(deployment_changed, sender=Deployment)
