from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "takeover"

urlpatterns = [
    path(_("workspace/solutions/<int:page_pk>/ours/"), views.ask, name="ask"),
    path(_("workspace/solutions/requests/<int:pk>/take-back/"), views.withdraw, name="withdraw"),
]
