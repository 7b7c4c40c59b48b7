"""What everybody reads of grouped purchases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.accounts.templatetags.account_tags import signed_in
from metropole.core.navigation import Link, trail
from metropole.core.paging import page_of
from metropole.core.policy import policy

from ..display import cards, filed_under, groups_of, interests_of, shown
from ..models import Presentation, PurchasingGroup

PER_PAGE = 20


def presentations(request: HttpRequest) -> HttpResponse:
    """All that are published, the last opened first."""
    page = page_of(Presentation.objects.listed(), request, PER_PAGE)
    context = {
        "presentations": shown(page.items),
        "pagination": page,
        "breadcrumb": trail(Link(_("Grouped purchases"), reverse("purchasing:presentations"))),
    }
    return render(request, "purchasing/presentations.html", context)


def presentation(request: HttpRequest, slug: str) -> HttpResponse:
    """The solutions, why these, who is interested, and the groups."""
    related = Presentation.objects.published().prefetch_related("territories", "themes", "solutions")
    found = get_object_or_404(related, slug=slug)
    one, interests = shown([found])[0], interests_of(found)
    context = {
        "presentation": found,
        "shown": one,
        "written_in": list(one.written_in),
        "state": found.period,
        "interests": interests,
        "cards": cards(found, interests),
        "groups": groups_of(found),
        "filed_under": filed_under(found),
        "breadcrumb": _trail(Link(one.words.title, found.get_absolute_url())),
    }
    return render(request, "purchasing/presentation.html", context)


def group(request: HttpRequest, key: object) -> HttpResponse:
    """Who is in a group, who coordinates, how far it is, and where the official consultation is."""
    related = PurchasingGroup.objects.public().select_related("presentation", "coordinator__organisation__territory")
    found = get_object_or_404(related.with_members(), key=key)
    one = shown([found.presentation])[0]
    person = signed_in({"request": request})
    heading = _("Purchasing group: %(category)s") % {"category": found.get_category_display()}
    context = {
        "heading": heading,
        "group": found,
        "shown": one,
        "may_enter": person is not None and policy.may(person, "purchase_group.enter", found),
        "breadcrumb": _trail(
            Link(one.words.title, found.presentation.get_absolute_url()),
            Link(capfirst(heading), found.get_absolute_url()),
        ),
    }
    return render(request, "purchasing/group.html", context)


def _trail(*links: Link) -> list[Link]:
    return trail(Link(_("Grouped purchases"), reverse("purchasing:presentations")), *links)
