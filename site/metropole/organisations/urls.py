from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "organisations"
urlpatterns = [path(_("organisations/<slug:slug>/"), views.organisation_detail, name="detail")]
