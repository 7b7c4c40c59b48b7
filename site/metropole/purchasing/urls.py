from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import interest, public, room

app_name = "purchasing"

urlpatterns = [
    # Translators: address of the grouped purchases, below that of the needs board.
    path(_("adopt/purchases/"), public.presentations, name="presentations"),
    path(_("adopt/purchases/<slug:slug>/"), public.presentation, name="presentation"),
    path(_("adopt/purchases/groups/<uuid:key>/"), public.group, name="group"),
    path(_("workspace/purchasing/"), interest.mine, name="mine"),
    path(_("workspace/purchasing/<slug:slug>/interest/"), interest.interest, name="interest"),
    path(_("workspace/purchasing/<slug:slug>/take-back/"), interest.take_back, name="take_back"),
    path(_("workspace/purchasing/<slug:slug>/form/"), interest.form_group, name="form_group"),
    path(_("workspace/purchasing/groups/<uuid:key>/join/"), interest.join, name="join"),
    path(_("workspace/purchasing/groups/<uuid:key>/"), room.room, name="room"),
    path(_("workspace/purchasing/groups/<uuid:key>/write/"), room.write, name="write"),
    path(_("workspace/purchasing/groups/<uuid:key>/checklist/<str:item>/"), room.check, name="check"),
    path(_("workspace/purchasing/groups/<uuid:key>/own-part/<int:pk>/"), room.share, name="share"),
    path(_("workspace/purchasing/groups/<uuid:key>/coordinator/"), room.coordinator, name="coordinator"),
    path(_("workspace/purchasing/groups/<uuid:key>/leave/<int:pk>/"), room.leave, name="leave"),
    path(_("workspace/purchasing/groups/<uuid:key>/step/<str:action>/"), room.step, name="step"),
    path(_("workspace/purchasing/groups/<uuid:key>/messages/<int:pk>/remove/"), room.remove, name="remove"),
    path(_("workspace/purchasing/groups/<uuid:key>/messages/<int:pk>/report/"), room.report, name="report"),
]
