from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin import GroupsView, GroupView, PresentationView
from .viewsets import PurchasingViewSetGroup

register_snippet(PurchasingViewSetGroup)

urls = [
    path("", GroupsView.as_view(), name="groups"),
    path("<int:pk>/", GroupView.as_view(), name="group"),
    path("presentations/<int:pk>/", PresentationView.as_view(), name="presentation"),
]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("purchasing/", include((urls, "purchasing_admin")))]
