from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import beginning, files, sending, steps

app_name = "drafting"
urlpatterns = [
    path(_("workspace/needs/new/"), beginning.begin, name="begin"),
    path(_("workspace/needs/<uuid:key>/step-<int:number>/"), steps.step, name="step"),
    path(_("workspace/needs/<uuid:key>/step-<int:number>/choose/"), steps.choose, name="choose"),
    path(_("workspace/needs/<uuid:key>/before-buying/"), sending.alternatives, name="alternatives"),
    path(_("workspace/needs/<uuid:key>/documents/"), files.files, name="files"),
    path(_("workspace/needs/<uuid:key>/documents/<int:pk>/remove/"), files.remove, name="remove"),
    path(_("workspace/needs/<uuid:key>/check/"), sending.check, name="check"),
    path(_("workspace/needs/<uuid:key>/preview/"), sending.preview, name="preview"),
    path(_("workspace/needs/<uuid:key>/copy/"), beginning.copy, name="copy"),
    path(_("workspace/needs/<uuid:key>/delete/"), beginning.delete, name="delete"),
    path(_("adopt/documents/<uuid:key>/<int:pk>/<str:name>"), files.file, name="file"),
]
