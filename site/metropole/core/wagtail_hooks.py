from wagtail import hooks

from .audit import tell_wagtail

hooks.register("register_log_actions", tell_wagtail)
