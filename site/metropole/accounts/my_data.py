"""What is kept about a person, for them: said, given, and done away with."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metropole.core.personal_data import closing_obstacles, export_of, kinds_of_personal_data
from metropole.core.screens import own_screen
from metropole.organisations.departure import errands
from metropole.organisations.models import Organisation

from .closing import ClosingRefusedError, close_account
from .forms import CloseAccountForm
from .reauthentication import confirmed


@own_screen
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept, why and for how long."""
    return render(request, "account/my_data.html", {"heading": _("My data"), "kinds": kinds_of_personal_data()})


@own_screen
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All of it, as a file."""
    head = {"site": settings.SITE_URL, "exported_at": timezone.now()}
    data = head | export_of(request.user)
    response = JsonResponse(data, DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2})
    file_name = _("my-data.json")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


@own_screen
@confirmed
def close(request: HttpRequest) -> HttpResponse:
    """Closes one's account, once one has shown again who one is."""
    obstacles = closing_obstacles(request.user)
    form = None if obstacles else CloseAccountForm(request.POST or None)
    if request.method == "POST" and form and form.is_valid():
        try:
            close_account(request.user, by=request.user)
        except ClosingRefusedError as refused:
            obstacles, form = refused.obstacles, None
        else:
            logout(request)
            messages.success(request, _("Your account is closed. A message confirms it."))
            return redirect(f"/{get_language()}/")
    context = {
        "heading": _("Close my account"),
        "form": form,
        "obstacles": obstacles,
        "errands": [one for place in Organisation.objects.of(request.user) for one in errands(request.user, place)],
    }
    return render(request, "account/close.html", context)
