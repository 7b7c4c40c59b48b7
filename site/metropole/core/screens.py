from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.cache import cache_control

View = Callable[..., HttpResponse]

private = cache_control(private=True, no_store=True)
"""For what no cache may keep."""


def own_screen(view: View) -> View:
    """A screen of the workspace: for who has signed in, and kept by no cache."""
    return private(login_required(view))
