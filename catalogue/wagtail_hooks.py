from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .deployments.admin import DeploymentView
from .imports.admin import ImportsView, ImportView, template
from .takeover.admin import TakeoverView
from .viewsets import CatalogueViewSetGroup

register_snippet(CatalogueViewSetGroup)

deployment_patterns = [path("<int:pk>/", DeploymentView.as_view(), name="deployment")]
takeover_patterns = [path("<int:pk>/", TakeoverView.as_view(), name="takeover")]
import_patterns = [
    path("", ImportsView.as_view(), name="imports"),
    path("template.xlsx", template, name="template"),
    path("<int:pk>/", ImportView.as_view(), name="import"),
]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("deployments/", include((deployment_patterns, "deployments_admin"))),
        path("takeovers/", include((takeover_patterns, "takeover_admin"))),
        path("catalogue-imports/", include((import_patterns, "catalogue_imports"))),
    ]
