"""The site's addresses, and the page of Wagtail's own search."""

from django.urls import path

from metropole.urls import urlpatterns as site

from . import wagtail_search

urlpatterns = [path(wagtail_search.PATH.strip("/") + "/", wagtail_search.page), *site]
