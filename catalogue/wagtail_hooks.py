from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .deployments.admin import DeploymentView
from .viewsets import CatalogueViewSetGroup

register_snippet(CatalogueViewSetGroup)

deployment_patterns = [path("<int:pk>/", DeploymentView.as_view(), name="deployment")]


@hooks.register("register_admin_urls")
def deployment_urls() -> list:
    return [path("deployments/", include((deployment_patterns, "deployments_admin")))]
