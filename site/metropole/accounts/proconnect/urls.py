"""Addresses of the sign-in through ProConnect. Those that ProConnect sends people back to are registered with it to
the letter: they have no language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import config, views

app_name = "proconnect"
urlpatterns = [
    path(_("account/proconnect/"), views.sign_in, name="sign_in"),
    path(_("account/proconnect/link/"), views.link, name="link"),
]
return_patterns = [
    path("proconnect/callback/", views.callback, name=config.CALLBACK),
    path("proconnect/signed-out/", views.signed_out, name="proconnect_signed_out"),
]
