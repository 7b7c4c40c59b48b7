from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "board"
urlpatterns = [
    # Translators: address of the needs board; the board's page has the same slug.
    path(_("adopt/<slug:slug>/"), views.need_detail, name="need"),
]
