from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from . import home, my_data

_data = [
    path("", my_data.my_data, name="my_data"),
    path(_("export/"), my_data.export, name="my_data_export"),
    path(_("close/"), my_data.close, name="close_account"),
]

urlpatterns = [
    path(_("workspace/"), home.workspace, name="workspace"),
    path(_("workspace/favourites/"), include("metropole.accounts.favourites.urls")),
    path(_("workspace/my-data/"), include(_data)),
]
