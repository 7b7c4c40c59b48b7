from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from .enums import LegalKind
from .views import invitations, joining, legal, members, organisation, public

app_name = "organisations"

_one = [
    path("", organisation.home, name="home"),
    path(_("edit/"), organisation.edit, name="edit"),
    path(_("members/"), members.members_list, name="members"),
    path(_("members/<int:pk>/"), members.member, name="member"),
    path(_("invite/"), members.invite, name="invite"),
    path(_("invitations/<int:pk>/"), members.sent_invitation, name="sent_invitation"),
    path(_("leave/"), members.leave, name="leave"),
]

_workspace = [
    path(_("organisations/"), joining.mine, name="mine"),
    path(_("organisations/join/"), joining.join, name="join"),
    path(_("organisations/register/"), joining.register, name="register"),
    path(_("organisations/<slug:slug>/"), include(_one)),
    path(_("requests/<int:pk>/withdraw/"), invitations.withdraw_request, name="withdraw_request"),
    path(_("invitations/<int:pk>/"), invitations.answer, name="answer"),
    path(_("invitations/<str:token>/"), invitations.invitation, name="invitation"),
    path(_("texts/"), legal.accept_texts, name="accept_texts"),
]

urlpatterns = [
    path(_("directory/"), public.directory, name="directory"),
    path(_("organisations/<slug:slug>/"), public.organisation_detail, name="detail"),
    path(_("charter/"), legal.legal_text, {"kind": LegalKind.CHARTER}, name="charter"),
    path(_("charter/<int:version>/"), legal.legal_text, {"kind": LegalKind.CHARTER}, name="charter_version"),
    path(_("terms/"), legal.legal_text, {"kind": LegalKind.TERMS}, name="terms"),
    path(_("terms/<int:version>/"), legal.legal_text, {"kind": LegalKind.TERMS}, name="terms_version"),
    path(_("workspace/"), include(_workspace)),
]
