from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from metropole.core.policy import policy

from .admin import MailsView


class MailsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may(request.user, "mail.oversee")


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    urls = [path("", MailsView.as_view(), name="mails")]
    return [path("e-mails/", include((urls, "notifications_admin")))]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MailsMenuItem(_("E-mails not sent"), reverse("notifications_admin:mails"), icon_name="mail", order=850)
