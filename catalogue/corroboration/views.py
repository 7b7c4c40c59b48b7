"""“We use it: this is right.”"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.contributions.views.common import private
from metropole.organisations.models import Organisation

from ..models import Claim
from ..sheet.claims import corroborate
from ..takeover.services import original_of
from ..takeover.views import published_solution
from .display import parts_for
from .forms import CorroborationForm
from .policy import speaking_authorities


@private
@login_required
def confirm(request: HttpRequest, page_pk: int) -> HttpResponse:
    """What an authority that uses a solution can confirm of its sheet, one claim after the other."""
    solution = original_of(published_solution(page_pk))
    authorities = speaking_authorities(request.user, solution)
    if not authorities:
        raise PermissionDenied
    if request.method == "POST":
        form = CorroborationForm(request.POST)
        if not form.is_valid():
            raise Http404
        claim = get_object_or_404(Claim, pk=form.cleaned_data["claim"], solution=solution)
        authority = get_object_or_404(Organisation, pk=form.cleaned_data["organisation"])
        try:
            corroborate(claim, authority, request.user, form.cleaned_data["digest"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Thank you: readers see that your authority confirms it."))
        return redirect(request.path)
    context = {
        "heading": _("We use it: what is right"),
        "solution": solution,
        "parts": parts_for(solution, authorities),
        "text_language": solution.language,
    }
    return render(request, "catalogue/corroborate.html", context)
