from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import depositing, files, lists, receipts, steps

app_name = "responses"
urlpatterns = [
    path(_("workspace/responses/"), lists.index, name="index"),
    path(_("workspace/responses/new/<slug:slug>/"), lists.begin, name="begin"),
    path(_("workspace/responses/<uuid:pk>/"), lists.response, name="response"),
    path(_("workspace/responses/<uuid:pk>/step-<int:number>/"), steps.step, name="step"),
    path(_("workspace/responses/<uuid:pk>/files/"), files.files, name="files"),
    path(_("workspace/responses/<uuid:pk>/files/<uuid:key>/"), files.download, name="file"),
    path(_("workspace/responses/<uuid:pk>/files/<uuid:key>/take-away/"), files.take_away, name="take_file_away"),
    path(_("workspace/responses/<uuid:pk>/deposit/"), depositing.deposit, name="deposit"),
    path(_("workspace/responses/<uuid:pk>/withdraw/"), depositing.withdraw, name="withdraw"),
    path(_("workspace/responses/<uuid:pk>/deposited/"), depositing.deposited, name="deposited"),
    path(_("workspace/responses/<uuid:pk>/deposited.json"), depositing.copy, name="copy"),
    path(_("workspace/responses/<uuid:pk>/receipts/<str:number>/"), receipts.receipt, name="receipt"),
    path(_("workspace/responses/<uuid:pk>/receipts/<str:number>.pdf"), receipts.pdf, name="receipt_pdf"),
]
