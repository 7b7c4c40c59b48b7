"""Addresses of the account. The names are allauth's, which looks for them."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from .views import profile, screen, sign_out

_sign_in = [
    path("", screen(account.LoginView, _("Sign in")), name="account_login"),
    path(_("code/"), screen(account.RequestLoginCodeView, _("Sign in with a code")), name="account_request_login_code"),
    path(
        _("code/confirm/"),
        screen(account.ConfirmLoginCodeView, _("Type the code that you received")),
        name="account_confirm_login_code",
    ),
    path(_("second-factor/"), screen(mfa.AuthenticateView, _("Second factor")), name="mfa_authenticate"),
    path(_("passkey/"), screen(webauthn.LoginWebAuthnView), name="mfa_login_webauthn"),
]

_confirm = [
    path("", screen(account.ReauthenticateView, _("Confirm that it is you")), name="account_reauthenticate"),
    path(_("second-factor/"), screen(mfa.ReauthenticateView, _("Confirm that it is you")), name="mfa_reauthenticate"),
    path(
        _("passkey/"),
        screen(webauthn.ReauthenticateWebAuthnView, _("Confirm that it is you")),
        name="mfa_reauthenticate_webauthn",
    ),
]

_password = [
    path("", screen(account.PasswordChangeView, _("Change password")), name="account_change_password"),
    path(_("choose/"), screen(account.PasswordSetView, _("Choose a password")), name="account_set_password"),
    path(_("forgotten/"), screen(account.PasswordResetView, _("Forgotten password")), name="account_reset_password"),
    path(
        _("forgotten/sent/"),
        screen(account.PasswordResetDoneView, _("Look at your e-mail")),
        name="account_reset_password_done",
    ),
    path(
        _("forgotten/done/"),
        screen(account.PasswordResetFromKeyDoneView, _("Your password is changed")),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        screen(account.PasswordResetFromKeyView, _("Choose a new password")),
        name="account_reset_password_from_key",
    ),
]

_passkeys = [
    path("", screen(webauthn.ListWebAuthnView, _("Passkeys")), name="mfa_list_webauthn"),
    path(_("add/"), screen(webauthn.AddWebAuthnView, _("Add a passkey")), name="mfa_add_webauthn"),
    path(_("<int:pk>/rename/"), screen(webauthn.EditWebAuthnView, _("Rename a passkey")), name="mfa_edit_webauthn"),
    path(_("<int:pk>/remove/"), screen(webauthn.RemoveWebAuthnView, _("Remove a passkey")), name="mfa_remove_webauthn"),
]

_second_factor = [
    path("", screen(mfa.IndexView, _("Second factor")), name="mfa_index"),
    path(_("app/"), screen(totp.ActivateTOTPView, _("Set up an authenticator app")), name="mfa_activate_totp"),
    path(
        _("app/remove/"),
        screen(totp.DeactivateTOTPView, _("Remove the authenticator app")),
        name="mfa_deactivate_totp",
    ),
    path(
        _("codes/"), screen(recovery_codes.ViewRecoveryCodesView, _("Recovery codes")), name="mfa_view_recovery_codes"
    ),
    path(
        _("codes/new/"),
        screen(recovery_codes.GenerateRecoveryCodesView, _("New recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("codes/download/"),
        screen(recovery_codes.DownloadRecoveryCodesView),
        name="mfa_download_recovery_codes",
    ),
    path(_("passkeys/"), include(_passkeys)),
]

urlpatterns = [
    path("", profile, name="account_profile"),
    path(_("sign-in/"), include(_sign_in)),
    path(_("sign-out/"), sign_out, name="account_logout"),
    path(_("sign-up/"), screen(account.SignupView, _("Create an account")), name="account_signup"),
    path(_("closed/"), screen(account.AccountInactiveView, _("This account is closed")), name="account_inactive"),
    path(_("confirm/"), include(_confirm)),
    path(_("e-mail/"), screen(account.EmailView, _("E-mail address")), name="account_email"),
    path(
        _("e-mail/code/"),
        screen(account.ConfirmEmailVerificationCodeView, _("Type the code that you received")),
        name="account_email_verification_sent",
    ),
    path(_("password/"), include(_password)),
    path(_("second-factor/"), include(_second_factor)),
    path("sessions/", screen(usersessions.ListUserSessionsView, _("Open sessions")), name="usersessions_list"),
]
