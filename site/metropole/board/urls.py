from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views, workspace

app_name = "board"
urlpatterns = [
    path(_("workspace/needs/"), workspace.mine, name="mine"),
    path(_("workspace/needs/<uuid:key>/"), workspace.manage, name="manage"),
    # Translators: address of the needs board; the board's page has the same slug.
    path(_("adopt/<slug:slug>/"), views.need_detail, name="need"),
]
