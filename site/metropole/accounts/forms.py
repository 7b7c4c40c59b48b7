"""The forms of allauth, with the site's labels and look, and what keeps robots from signing up."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin
from metropole.core.robots import TrapField, is_genuine, is_too_fast, stamp

from .models import User

_SIGN_UP = "sign-up"

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password2": _("The same password again"),
    "code": _("Code"),
    "name": _("Name of this passkey"),
    "passwordless": _("Sign in with this passkey alone, without a password"),
}
HELP = {"login": "", "password": "", "oldpassword": "", "passwordless": ""}


class PlainFieldsMixin(SiteFormMixin):
    """Says what is asked for in a label in sight, and not in the field, where typing would hide it."""

    password1_label = _("New password")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.password1_label if name == "password1" else LABELS.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)


class SignInForm(PlainFieldsMixin, account.LoginForm):
    pass


class SignUpForm(PlainFieldsMixin, account.SignupForm):
    """Refuses what comes back faster than somebody types, or much later than it was asked for."""

    password1_label = _("Password")
    first_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    opened = forms.CharField(required=False, widget=forms.HiddenInput, initial=lambda: stamp(_SIGN_UP))
    field_order = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD] = TrapField()

    def clean(self) -> dict[str, Any]:
        super().clean()
        opened = self.cleaned_data.get("opened", "")
        if not is_genuine(opened, _SIGN_UP):
            self.data = self.data.copy()
            self.data["opened"] = stamp(_SIGN_UP)
            self.add_error(None, _("This page was open for too long. Type your password again, and send it again."))
        elif is_too_fast(opened, _SIGN_UP):
            self.add_error(None, _("That was faster than one can type. Type your password again, and send it again."))
        return self.cleaned_data


class ChangeAddressForm(PlainFieldsMixin, account.AddEmailForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(PlainFieldsMixin, account.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFieldsMixin, account.SetPasswordForm):
    pass


class ResetPasswordForm(PlainFieldsMixin, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFieldsMixin, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainFieldsMixin, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(PlainFieldsMixin, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(PlainFieldsMixin, account.ConfirmLoginCodeForm):
    pass


class ConfirmAddressForm(PlainFieldsMixin, account.ConfirmEmailVerificationCodeForm):
    pass


class SecondFactorForm(PlainFieldsMixin, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(PlainFieldsMixin, mfa.ReauthenticateForm):
    pass


class ActivateAppForm(PlainFieldsMixin, ActivateTOTPForm):
    pass


class AddPasskeyForm(PlainFieldsMixin, webauthn.AddWebAuthnForm):
    pass


class RenamePasskeyForm(PlainFieldsMixin, webauthn.EditWebAuthnForm):
    pass


class ProfileForm(PlainFieldsMixin, forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }


class CloseAccountForm(SiteFormMixin, forms.Form):
    understood = forms.BooleanField(
        label=_("I want to close my account for good"),
        error_messages={"required": _("Tick this box if that is what you want.")},
    )
