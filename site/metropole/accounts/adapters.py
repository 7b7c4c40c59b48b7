import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language, override

from .models import User
from .views import too_many_requests

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """What allauth does otherwise here: languages, the answer to too many attempts, where one is led."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.language = get_language()
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(too_many_requests(request)) from error

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes to people in their language. A server that takes no mail breaks no page: they ask for another one."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        context = {"site_name": settings.WAGTAIL_SITE_NAME, **context}
        with override(user.language if user else get_language()):
            try:
                super().send_mail(template_prefix, email, context)
            except (OSError, SMTPException):
                logger.exception("A message of the account could not be sent: %s", template_prefix)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{get_language()}/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)
