from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views, workspace
from .feeds import HistoryFeed

app_name = "publishing"
urlpatterns = [
    path(_("workspace/needs/<uuid:key>/extend/"), workspace.extend, name="extend"),
    path(_("workspace/needs/<uuid:key>/change/"), workspace.change, name="change"),
    path(_("workspace/needs/<uuid:key>/withdraw/"), workspace.ask_withdrawal, name="ask_withdrawal"),
    # Translators: addresses below the needs board, whose page has the same slug.
    path(_("adopt/rules/"), views.rules, name="rules"),
    path(_("adopt/<slug:slug>/history.atom"), HistoryFeed(), name="feed"),
]
