from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "deployments"

urlpatterns = [
    path(_("workspace/deployments/"), views.mine, name="mine"),
    path(_("workspace/deployments/declare/<int:page_pk>/"), views.declare, name="declare"),
    path(_("workspace/deployments/<int:pk>/"), views.deployment, name="deployment"),
    path(_("workspace/deployments/<int:pk>/stage/"), views.stage, name="stage"),
    path(_("workspace/deployments/<int:pk>/stop/"), views.stop, name="stop"),
    path(_("workspace/deployments/<int:pk>/correct/"), views.correct, name="correct"),
    path(_("workspace/deployments/<int:pk>/decide/"), views.decide, name="decide"),
    path(_("workspace/deployments/<int:pk>/write/"), views.write, name="write"),
]
