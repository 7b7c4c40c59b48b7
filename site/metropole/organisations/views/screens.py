"""What the screens of the workspace have in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from metropole.core.policy import policy

from ..models import Organisation

View = Callable[..., HttpResponse]


def screen(view: View) -> View:
    """For who has signed in, and kept by no cache."""
    return cache_control(private=True, no_store=True)(
        login_required(require_http_methods(["GET", "HEAD", "POST"])(view))
    )


def organisation_screen(view: View) -> View:
    """A screen of an organisation, which the view is given: for others than its people it does not exist."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        organisation = get_object_or_404(Organisation.objects.select_related("territory"), slug=slug)
        if not any(
            policy.may(request.user, action, organisation) for action in ("organisation.enter", "organisation.manage")
        ):
            raise Http404
        return view(request, organisation, **kwargs)

    return screen(opened)


def done(request: HttpRequest, act: Callable[[], object], success: str, form: BaseForm | None = None) -> bool:
    """Acts, and says so; says by its form, or above the next screen, why it was not possible."""
    try:
        act()
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
        else:
            _add_error(form, error)
        return False
    messages.success(request, success)
    return True


def _add_error(form: BaseForm, error: ValidationError) -> None:
    fields = getattr(error, "error_dict", {None: error})
    for name, errors in fields.items():
        form.add_error(name if name in form.fields else None, errors)


def show_form(request: HttpRequest, form: BaseForm, heading: str, action: str, **context: Any) -> HttpResponse:
    """A screen that is a form, and little else."""
    context |= {"form": form, "heading": heading, "action": action}
    return render(request, "organisations/workspace/form.html", context)
