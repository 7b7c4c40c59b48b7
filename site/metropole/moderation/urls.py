from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "moderation"
urlpatterns = [
    path(_("report-an-error/<slug:kind>/<int:pk>/"), views.report_error, name="report_error"),
    path(_("report-an-error/received/"), views.report_received, name="report_received"),
    path(_("still-accurate/<str:token>/"), views.confirm_by_link, name="confirm_by_link"),
    path(_("workspace/still-accurate/"), views.accuracy, name="accuracy"),
    path(_("workspace/still-accurate/<int:pk>/confirm/"), views.confirm, name="confirm"),
    path(_("workspace/removal/<int:pk>/"), views.ask_removal, name="ask_removal"),
]
