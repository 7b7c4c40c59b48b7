from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import interests, joining, lead, purchase, shared

app_name = "sharing"
urlpatterns = [
    path(_("workspace/shared-needs/"), shared.shared, name="shared"),
    path(_("workspace/needs/<uuid:key>/carriers/"), lead.carriers, name="carriers"),
    path(_("workspace/needs/<uuid:key>/carriers/<int:pk>/take-back/"), joining.take_back, name="take_back"),
    path(_("workspace/needs/<uuid:key>/requests/<int:pk>/"), lead.request_to_join, name="request"),
    path(_("workspace/needs/<uuid:key>/sourcing/"), lead.sourcing, name="sourcing"),
    path(_("workspace/needs/<uuid:key>/join/"), joining.ask, name="ask"),
    path(_("workspace/needs/<uuid:key>/invitations/<int:pk>/"), joining.invitation, name="invitation"),
    path(_("workspace/needs/<uuid:key>/carriers/<int:pk>/leave/"), joining.leave, name="leave"),
    path(_("workspace/needs/<uuid:key>/carriers/<int:pk>/value/"), joining.value, name="value"),
    path(_("workspace/needs/<uuid:key>/carriers/<int:pk>/note/"), joining.note, name="note"),
    path(_("workspace/needs/<uuid:key>/we-too/"), interests.interest, name="interest"),
    path(_("workspace/needs/<uuid:key>/joint-purchase/"), purchase.purchase, name="purchase"),
]
