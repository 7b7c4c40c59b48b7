from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.core.navigation import Link, trail
from metropole.core.policy import policy
from metropole.core.profile import profile_parts
from metropole.search.listing import PageLink, Pagination

from ..directory import Directory
from ..models import Organisation

PAGE_SIZE = 20


def directory(request: HttpRequest) -> HttpResponse:
    """The verified companies, associations and other bodies, filtered by what the address says."""
    asked = Directory(request.GET)
    try:
        page = Paginator(asked.organisations, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    context = {
        "heading": _("Directory"),
        "directory": asked,
        "page_of": page,
        "pagination": _pagination(page, asked, request.path),
        "breadcrumb": trail(_directory_link()),
    }
    return render(request, "organisations/directory.html", context)


def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """An organisation's own page; an authority's is its territory's."""
    organisation = get_object_or_404(Organisation.objects.select_related("territory", "based_in"), slug=slug)
    if organisation.territory:
        return redirect(organisation.get_absolute_url())
    if not policy.may(request.user, "organisation.read", organisation):
        raise Http404
    contents = organisation.contents.published().order_by(F("date").desc(nulls_last=True), "pk")
    context = {
        "organisation": organisation,
        "contents": contents,
        "parts": profile_parts(organisation),
        "breadcrumb": trail(_directory_link(), Link(organisation.name, organisation.get_absolute_url())),
    }
    return render(request, "organisations/organisation_detail.html", context)


def _directory_link() -> Link:
    return Link(_("Directory"), reverse("organisations:directory"))


def _pagination(page: Page, asked: Directory, path: str) -> Pagination:
    def url(number: int) -> str:
        return asked.url(path, number)

    around = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return Pagination(
        number=page.number,
        count=page.paginator.num_pages,
        pages=[PageLink(one, url(one), one == page.number) if isinstance(one, int) else None for one in around],
        previous_url=url(page.number - 1) if page.has_previous() else "",
        next_url=url(page.number + 1) if page.has_next() else "",
        start_index=page.start_index(),
        end_index=page.end_index(),
    )
