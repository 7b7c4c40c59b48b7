from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "taxonomy"
urlpatterns = [
    path(_("themes/"), views.theme_index, name="index"),
    path(_("themes/<slug:slug>/"), views.theme_detail, name="theme"),
]
