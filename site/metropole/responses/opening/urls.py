from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import exchanges, files, openings, outcomes, readings

app_name = "opening"
urlpatterns = [
    path(_("workspace/needs/<uuid:key>/opening/"), openings.opening, name="opening"),
    path(_("workspace/needs/<uuid:key>/minutes/"), openings.minutes, name="minutes"),
    path(_("workspace/needs/<uuid:key>/minutes.pdf"), openings.minutes_file, name="minutes_pdf"),
    path(_("workspace/needs/<uuid:key>/declaration/"), readings.declaration, name="declaration"),
    path(_("workspace/needs/<uuid:key>/responses/"), readings.responses, name="responses"),
    path(_("workspace/needs/<uuid:key>/responses.xlsx"), files.responses_xlsx, name="responses_xlsx"),
    path(_("workspace/needs/<uuid:key>/file.pdf"), files.bundle_file, name="bundle_pdf"),
    path(_("workspace/needs/<uuid:key>/file.xlsx"), files.bundle_xlsx, name="bundle_xlsx"),
    path(_("workspace/needs/<uuid:key>/responses/<uuid:pk>/"), readings.response, name="response"),
    path(_("workspace/needs/<uuid:key>/responses/<uuid:pk>/files/<uuid:file_pk>/"), files.file, name="file"),
    path(_("workspace/needs/<uuid:key>/responses/<uuid:pk>/notes/"), readings.notes, name="notes"),
    path(_("workspace/needs/<uuid:key>/responses/<uuid:pk>/opinion/"), readings.opinion, name="opinion"),
    path(_("workspace/needs/<uuid:key>/responses/<uuid:pk>/decision/"), readings.decision, name="decision"),
    path(_("workspace/needs/<uuid:key>/exchanges/"), exchanges.exchanges, name="exchanges"),
    path(_("workspace/needs/<uuid:key>/outcome/<slug:name>/"), outcomes.outcome, name="outcome"),
    path(_("workspace/needs/<uuid:key>/feedback/<int:pk>/"), outcomes.feedback, name="feedback"),
    path(_("workspace/exchanges/<uuid:pk>/"), exchanges.answer, name="answer"),
    path(_("workspace/responses/<uuid:pk>/outcome/"), exchanges.received, name="received"),
    path(_("adopt/<slug:slug>/file.pdf"), files.public_bundle, name="public_bundle"),
]
