"""An organisation as its members see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy

from .. import companies
from ..forms import AuthorityForm, OrganisationForm
from ..models import Organisation
from .screens import done, organisation_screen, show_form


@organisation_screen
def home(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """What it says of itself, how its verification stands, what one may do there."""
    membership = organisation.memberships.active().filter(person=request.user).first()
    context = {
        "heading": organisation.name,
        "organisation": organisation,
        "membership": membership,
        "may_manage": policy.may(request.user, "organisation.manage", organisation),
        "member_count": organisation.memberships.active().count(),
        "asked_count": organisation.memberships.asked().count(),
    }
    return render(request, "organisations/workspace/home.html", context)


@organisation_screen
def edit(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    policy.require(request.user, "organisation.manage", organisation)
    form_class = AuthorityForm if organisation.is_authority else OrganisationForm
    form = form_class(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        said = _("The organisation's sheet is saved.")
        if done(request, lambda: companies.describe(form.instance, request.user), said, form):
            return redirect("organisations:home", organisation.slug)
    return show_form(request, form, _("Change the sheet"), _("Save"), organisation=organisation)
