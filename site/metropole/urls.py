"""Addresses of the site. Those that readers see are translated and begin with the language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalogue.formats.api import router as solutions
from metropole.accounts.doors import admin_doors, site_doors
from metropole.accounts.proconnect import urls as proconnect
from metropole.accounts.views import too_many_requests
from metropole.contributions.views.documents import document
from metropole.core import views
from metropole.core.xml_sitemap import sitemaps
from metropole.search.api import api

api.add_router("/solutions", solutions)

handler404 = views.page_not_found
handler429 = too_many_requests

urlpatterns = [
    path("", views.front_door, name="front_door"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": sitemaps(), "sitemap_url_name": "sitemap"}),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": sitemaps()}, name="sitemap"),
    path("api/v1/", api.urls),
    path("", include(proconnect.return_patterns)),
    path("admin/", include(admin_doors)),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", document),
    path("documents/", include(wagtaildocs_urls)),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path("", include("metropole.search.urls")),
    path("", include("metropole.territory.urls")),
    path("", include("metropole.taxonomy.urls")),
    path("", include("metropole.organisations.urls")),
    path("", include("metropole.board.drafting.urls")),
    path("", include("metropole.board.publishing.urls")),
    path("", include("metropole.board.sharing.urls")),
    path("", include("metropole.board.questions.urls")),
    path("", include("metropole.board.matching.urls")),
    path("", include("metropole.responses.writing.urls")),
    path("", include("metropole.responses.opening.urls")),
    path("", include("metropole.purchasing.urls")),
    path("", include("metropole.board.urls")),
    path("", include("metropole.moderation.urls")),
    path("", include("metropole.contributions.urls")),
    path("", include("catalogue.deployments.urls")),
    path("", include("catalogue.urls")),
    path("", include("catalogue.shortlists.urls")),
    path("", include("catalogue.takeover.urls")),
    path("", include("catalogue.corroboration.urls")),
    path("", include("metropole.accounts.proconnect.urls")),
    path(_("site-map/"), views.site_map, name="site_map"),
    path(_("account/"), include("metropole.accounts.urls")),
    path("", include("metropole.notifications.urls")),
    path("", include("metropole.accounts.workspace_urls")),
    path("", include(site_doors)),
    path("", include(wagtail_urls)),
)
