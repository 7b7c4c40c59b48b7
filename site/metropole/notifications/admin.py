"""In the Wagtail admin: the e-mails that the site does not know to have been sent."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from metropole.core.admin import AdminScreen
from metropole.core.audit import record
from metropole.core.policy import policy

from .models import Mail
from .tasks import send_mails
from .transitions import move

MOST_SHOWN = 200


class MailsView(AdminScreen):
    """Lists what was refused or interrupted; sends again what an administrator chooses."""

    page_title = _("E-mails not sent")
    header_icon = "mail"
    template_name = "notifications/admin/mails.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        policy.require(request.user, "mail.oversee")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = [int(key) for key in request.POST.getlist("mail") if key.isascii() and key.isdigit() and len(key) < 19]
        sent_again = sum(self._send_again(mail) for mail in Mail.objects.in_doubt().filter(pk__in=chosen))
        if sent_again:
            transaction.on_commit(send_mails.enqueue, robust=True)
            said = ngettext("%(count)d e-mail is sent again.", "%(count)d e-mails are sent again.", sent_again)
            messages.success(request, said % {"count": sent_again})
        return redirect("notifications_admin:mails")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        doubtful = Mail.objects.in_doubt().select_related("person").order_by("-pk")
        return super().get_context_data(**kwargs, mails=doubtful[:MOST_SHOWN], count=doubtful.count())

    def _send_again(self, mail: Mail) -> bool:
        """Whether it was this request that had it sent again."""
        moved = move(Mail.objects.filter(pk=mail.pk), "send_again", attempts=0, retry_at=None, reason="")
        if moved:
            record(mail, "notifications.mail.send_again", self.request.user, before={"state": mail.state})
        return bool(moved)
