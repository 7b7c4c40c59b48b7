from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "matching"
urlpatterns = [
    path(_("workspace/following/"), views.following, name="following"),
    path(_("workspace/following/new/"), views.new, name="new"),
    path(_("workspace/following/<int:pk>/"), views.edit, name="edit"),
    path(_("workspace/following/<int:pk>/change/"), views.change, name="change"),
    path(_("workspace/following/needs/<slug:slug>/"), views.need, name="need"),
]
