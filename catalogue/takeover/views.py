"""What a carrier does about a sheet that editors drew up of its solution."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from metropole.contributions.views.common import private
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy

from ..models import SolutionPage
from . import services
from .enums import TakeoverState
from .forms import TakeoverForm
from .models import Takeover
from .policy import carriers_of, refusal


@private
@login_required
def ask(request: HttpRequest, page_pk: int) -> HttpResponse:
    """“This is our solution”: asks for the sheet, and sees what became of it."""
    solution = published_solution(page_pk)
    carriers = carriers_of(request.user)
    form = TakeoverForm(request.POST if request.method == "POST" else None, organisations=carriers)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.ask(solution, said["organisation"], request.user, said["proof"], said["siret"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your request is sent: the editors answer you here."))
            return redirect(request.path)
    own = Takeover.objects.filter(
        solution__translation_key=solution.translation_key, organisation__in=carriers
    ).select_related("organisation")
    refused = {refusal(solution, carrier) for carrier in carriers}
    is_offered = "" in refused and not any(asked.state == TakeoverState.ASKED for asked in own)
    context = {
        "heading": _("This is our solution"),
        "solution": solution,
        "own": own,
        "form": form if is_offered or form.is_bound else None,
        "is_carrier": bool(refused),
        "refused": sorted(refused - {""}),
    }
    return render(request, "catalogue/takeover.html", context)


@private
@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    if pk > LARGEST_KEY:
        raise Http404
    asked = get_object_or_404(Takeover, pk=pk)
    if not policy.may(request.user, "takeover.withdraw", asked):
        raise Http404
    try:
        services.withdraw(asked, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("takeover:ask", asked.solution_id)


def published_solution(pk: int) -> SolutionPage:
    """Raises Http404."""
    if pk > LARGEST_KEY:
        raise Http404
    return get_object_or_404(SolutionPage.objects.live().public(), pk=pk)
