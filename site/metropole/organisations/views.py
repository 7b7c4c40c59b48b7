from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from metropole.core.navigation import Link, trail

from .models import Organisation


def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's own page; an authority's is its territory's."""
    organisation = get_object_or_404(Organisation.objects.select_related("territory"), slug=slug)
    if organisation.territory:
        return redirect(organisation.get_absolute_url())
    contents = organisation.contents.published().order_by(F("date").desc(nulls_last=True), "pk")
    context = {
        "organisation": organisation,
        "contents": contents,
        "breadcrumb": trail(Link(organisation.name, organisation.get_absolute_url())),
    }
    return render(request, "organisations/organisation_detail.html", context)
