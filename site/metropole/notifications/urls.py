from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "notifications"

_own = [
    path("", views.listing, name="list"),
    path(_("e-mails/"), views.preferences, name="preferences"),
    path(_("all-read/"), views.mark_read, name="mark_all_read"),
    path("<int:pk>/", views.open_news, name="open"),
    path(_("<int:pk>/read/"), views.mark_read, name="mark_read"),
]

urlpatterns = [
    path(_("workspace/notifications/"), include(_own)),
    path(_("no-more-e-mails/<str:token>/"), views.StopView.as_view(), name="stop"),
]
