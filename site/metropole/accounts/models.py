from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metropole.core.languages import site_languages

# Where Django looks for an app's models.
from .favourites.models import Collection as Collection
from .favourites.models import Favourite as Favourite
from .proconnect.models import ProConnectIdentity as ProConnectIdentity


class EmailUserManager(UserManager):
    """Creates users known by their e-mail address; there is no user name."""

    def _create_user_object(self, username: None, email: str, password: str | None, **extra_fields) -> "User":
        user = self.model(email=self.normalize_email(email), **extra_fields)
        user.set_password(password)
        return user

    def create_user(self, email: str, password: str | None = None, **extra_fields) -> "User":
        return super().create_user(None, email, password, **extra_fields)

    def create_superuser(self, email: str, password: str | None = None, **extra_fields) -> "User":
        return super().create_superuser(None, email, password, **extra_fields)


class User(AbstractUser):
    """A person who signs in, by e-mail address."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language of the messages"), max_length=10, choices=site_languages, default="fr")
    told_unused_at = models.DateTimeField(
        _("told that the account will be closed"), null=True, blank=True, editable=False
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = EmailUserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        if self.closed_at:
            return gettext("Closed account %(number)d") % {"number": self.pk}
        return self.get_full_name() or self.email
