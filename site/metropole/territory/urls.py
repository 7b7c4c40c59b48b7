from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "territory"
urlpatterns = [
    path(_("territories/"), views.territory_index, name="index"),
    path(_("territories/<slug:slug>/"), views.territory_detail, name="detail"),
]
