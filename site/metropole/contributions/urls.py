from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import files, lists, sending, steps, suggesting

app_name = "contributions"

urlpatterns = [
    path(_("workspace/contributions/"), lists.index, name="index"),
    path(_("workspace/contributions/new/"), lists.new, name="new"),
    path(_("workspace/contributions/of-page/<int:page_pk>/"), lists.of_page, name="of_page"),
    path(_("workspace/contributions/<int:pk>/"), sending.contribution, name="contribution"),
    path(_("workspace/contributions/<int:pk>/step-<int:number>/"), steps.step, name="step"),
    path(_("workspace/contributions/<int:pk>/step-<int:number>/choose/"), steps.choose, name="choose"),
    path(_("workspace/contributions/<int:pk>/close/"), suggesting.close, name="close"),
    path(_("workspace/contributions/<int:pk>/files/"), files.files, name="files"),
    path(_("workspace/contributions/<int:pk>/files/<int:file_pk>/"), files.file, name="file"),
    path(_("workspace/contributions/<int:pk>/files/<int:file_pk>/<str:name>"), files.download, name="download"),
    path(_("workspace/contributions/<int:pk>/check/"), sending.check, name="check"),
    path(_("workspace/contributions/<int:pk>/follow/"), sending.follow, name="follow"),
    path(_("workspace/contributions/<int:pk>/preview/"), sending.preview, name="preview"),
    path(_("workspace/contributions/<int:pk>/take-up/"), sending.take_up, name="take_up"),
    path(_("workspace/contributions/<int:pk>/delete/"), sending.delete, name="delete"),
]
