from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "corroboration"

urlpatterns = [path(_("workspace/solutions/<int:page_pk>/confirm/"), views.confirm, name="confirm")]
