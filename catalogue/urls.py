from django.urls import path
from django.utils.translation import gettext_lazy as _

from .comparison import views as comparison

app_name = "catalogue"
urlpatterns = [
    path(_("catalogue/compare/"), comparison.compare, name="compare"),
    path(_("catalogue/compare/export.xlsx"), comparison.export, name="compare_export"),
]
