from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from metropole.core.paging import page_of
from metropole.core.policy import policy
from metropole.core.screens import own_screen

from .export import csv_text
from .forms import CollectionForm, FavouriteForm
from .models import Collection, Favourite
from .services import NotOnlineError, delete_collection, keep, with_items

PER_PAGE = 20


@own_screen
def favourites(request: HttpRequest) -> HttpResponse:
    """All that one keeps, and one's collections; a new one is made here."""
    form = CollectionForm(request.POST or None, instance=Collection(person=request.user))
    if request.method == "POST" and form.is_valid():
        collection = form.save()
        messages.success(request, _("The collection “%(name)s” is there.") % {"name": collection})
        return redirect("favourites:list")
    collections = Collection.objects.filter(person=request.user).annotate(size=Count("favourites"))
    kept = Favourite.objects.filter(person=request.user).select_related("collection")
    return _list(request, kept, form=form, heading=_("Favourites"), collections=collections)


@own_screen
def collection(request: HttpRequest, pk: str) -> HttpResponse:
    """What is in a collection, which is renamed here."""
    own = _own_collection(request, pk)
    form = CollectionForm(request.POST or None, instance=_own_collection(request, pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The collection has a new name."))
        return redirect("favourites:collection", pk)
    return _list(request, own.favourites.all(), form=form, heading=own.name, collection=own)


@own_screen
def delete(request: HttpRequest, pk: str) -> HttpResponse:
    own = _own_collection(request, pk)
    if request.method == "POST":
        delete_collection(own)
        messages.success(request, _("The collection “%(name)s” is deleted.") % {"name": own.name})
        return redirect("favourites:list")
    heading = _("Delete the collection “%(name)s”") % {"name": own.name}
    return render(request, "favourites/delete.html", {"heading": heading, "collection": own})


@own_screen
def favourite(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a favourite into a collection, and keeps a note about it."""
    own = _own_favourite(request, pk)
    form = FavouriteForm(request.POST or None, instance=own, person=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your favourite is saved."))
        return redirect("favourites:list")
    (kept,) = with_items([own])
    return render(request, "favourites/favourite.html", {"heading": _("A favourite"), "form": form, "kept": kept})


@own_screen
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """From the thing's own page, and back to it."""
    try:
        item = keep(request.user, request.POST.get("kind", ""), request.POST.get("ref", ""))
    except NotOnlineError:
        raise Http404 from None
    messages.success(request, _("It is among your favourites."))
    return redirect(item.url)


@own_screen
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own_favourite(request, pk)
    own.delete()
    messages.success(request, _("“%(title)s” is not among your favourites any more.") % {"title": own.title})
    return redirect("favourites:list")


@own_screen
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All of one's favourites as a file for a spreadsheet."""
    kept = Favourite.objects.filter(person=request.user).select_related("collection")
    response = HttpResponse("\ufeff" + csv_text(with_items(kept)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_("favourites.csv")}"'
    return response


def _list(request: HttpRequest, kept: QuerySet, **context: object) -> HttpResponse:
    page = page_of(kept, request, PER_PAGE)
    return render(request, "favourites/list.html", {"items": with_items(page.items), "pagination": page, **context})


def _own_collection(request: HttpRequest, pk: str) -> Collection:
    own = get_object_or_404(Collection, pk=pk)
    _refuse_to_others(request, "collection.edit", own)
    return own


def _own_favourite(request: HttpRequest, pk: int) -> Favourite:
    own = get_object_or_404(Favourite.objects.select_related("collection"), pk=pk)
    _refuse_to_others(request, "favourite.edit", own)
    return own


def _refuse_to_others(request: HttpRequest, action: str, thing: Collection | Favourite) -> None:
    """Somebody else's is not there."""
    if not policy.may(request.user, action, thing):
        raise Http404
