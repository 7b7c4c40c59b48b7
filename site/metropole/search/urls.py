from django.urls import path
from django.utils.translation import gettext_lazy as _

from .export import export
from .feeds import feed
from .views import search_page

app_name = "search"

urlpatterns = [
    path(_("search/"), search_page, name="search"),
    path(_("search/export.csv"), export, name="export"),
    path(_("search/feed.atom"), feed, name="feed"),
]
