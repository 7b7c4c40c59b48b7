from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "favourites"
urlpatterns = [
    path("", views.favourites, name="list"),
    path(_("add/"), views.add, name="add"),
    path(_("favourites.csv"), views.export, name="export"),
    path("<int:pk>/", views.favourite, name="favourite"),
    path(_("<int:pk>/remove/"), views.remove, name="remove"),
    path(_("collections/<uuid:pk>/"), views.collection, name="collection"),
    path(_("collections/<uuid:pk>/delete/"), views.delete, name="delete"),
]
