from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "shortlists"
urlpatterns = [
    path(_("workspace/shortlists/"), views.index, name="index"),
    path(_("workspace/shortlists/new/"), views.new, name="new"),
    path(_("workspace/shortlists/<uuid:pk>/"), views.shortlist, name="shortlist"),
    path(_("workspace/shortlists/<uuid:pk>/edit/"), views.edit, name="edit"),
    path(_("workspace/shortlists/<uuid:pk>/add/"), views.consider, name="consider"),
    path(_("workspace/shortlists/<uuid:pk>/solutions/<int:number>/"), views.judge, name="judge"),
    path(_("workspace/shortlists/<uuid:pk>/solutions/<int:number>/remove/"), views.forget, name="forget"),
    path(_("workspace/shortlists/<uuid:pk>/delete/"), views.delete, name="delete"),
    path(_("workspace/shortlists/<uuid:pk>/lock/"), views.lock, name="lock"),
    path(_("workspace/shortlists/<uuid:pk>/report.pdf"), views.pdf, name="pdf"),
    path(_("workspace/shortlists/<uuid:pk>/report.xlsx"), views.xlsx, name="xlsx"),
    path(_("workspace/shortlists/<uuid:pk>/report.json"), views.content, name="content"),
]
