"""What shortlists add to the site when it starts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from metropole.core.workspace import Beginning, Part, Screen, register_beginning, register_part, register_screen

from . import personal_data, policy, transitions  # noqa: F401 - rules and actions register themselves
from .services import register_actions
from .triggers import guard_shortlists
from .workspace import latest, may_draw_up


def register(app: AppConfig) -> None:
    register_actions()
    personal_data.register()
    register_screen(Screen(_("Shortlists"), "shortlists:index", 280))
    register_part(Part("shortlists/_latest.html", latest, 350))
    explanation = _("The solutions that you have considered for a need, and why, for the file of a purchase.")
    register_beginning(Beginning(_("Draw up a shortlist"), explanation, "shortlists:new", 80, may_draw_up))
    post_migrate.connect(guard_shortlists, sender=app)
