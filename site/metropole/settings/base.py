"""Settings of the site as it runs in production: safe by default, opened up by ``dev`` and ``test``.

What a deployment chooses comes from the environment (README, "Settings"); nothing here reads it twice.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "site" / "metropole"
VAR = Path(env.str("VAR_DIR", default=str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)

# --- Identity -------------------------------------------------------------------------------------------------------

SITE_URL = env("SITE_URL", default="")
WAGTAIL_SITE_NAME = _("Innovation resource centre")
WAGTAILADMIN_BASE_URL = SITE_URL
IS_DEMONSTRATION = False

# --- Security -------------------------------------------------------------------------------------------------------

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
# Responses to needs are sealed with the first; the others still open what they sealed.
RESPONSE_KEYS = env.list("RESPONSE_KEYS", default=[])
RESPONSE_RETENTION_MONTHS = env.int("RESPONSE_RETENTION_MONTHS", default=24)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
# Only a form to post sets it; it goes with the browser's session, so that who signed out is a plain visitor again.
CSRF_COOKIE_AGE = None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
# Wagtail's editor writes inline scripts and styles (wagtail/wagtail#1288), so its admin alone is allowed these besides.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["blob:"],
    "frame-src": [SELF],
    "media-src": [SELF],
}
PERMISSIONS_POLICY = {feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")}

# --- Applications ---------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "metropole.demo",
    "metropole.board",
    "metropole.purchasing",
    "metropole.responses",
    "catalogue",
    "resources",
    "metropole.contributions",
    "metropole.moderation",
    "metropole.content",
    "metropole.accounts",
    "metropole.organisations",
    "metropole.territory",
    "metropole.taxonomy",
    "metropole.search",
    "metropole.translation",
    "metropole.notifications",
    "metropole.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.search",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "metropole.core.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "metropole.core.page_cache.VisitorPageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "metropole.core.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "metropole.accounts.middleware.AdminDoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "metropole.moderation.middleware.TombstoneMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "metropole.core.middleware.AtomicWritesMiddleware",
]

ROOT_URLCONF = "metropole.urls"
WSGI_APPLICATION = "metropole.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "metropole.core.context_processors.site",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the writer (WAL), and a writer takes its turn at once instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        "timeout": 20,
    }
else:
    # Each thread of each worker keeps its connection; one that the server has closed is replaced, not used.
    DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    # Nobody waits for ever: neither for the server, nor for a lock, nor for a transaction that its owner forgot.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "options": "-c lock_timeout=15s -c idle_in_transaction_session_timeout=60s",
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Each process keeps its own: what is kept can be made again from the database. But for attempts to sign in, which all
# processes must count together: they are kept in the database, in a table that the migrations make.
CACHES = {
    "default": {"BACKEND": "metropole.accounts.cache.LocalCacheWithSharedLimits"},
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limits",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
# Not Wagtail's own page any more, but a redirection to ours (accounts/doors.py).
WAGTAILADMIN_LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "workspace"
# Who may enter the admin does so with a second factor (accounts/middleware.py).
ADMIN_REQUIRES_MFA = True

ACCOUNT_ADAPTER = "metropole.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "metropole.accounts.forms.SignInForm",
    "signup": "metropole.accounts.forms.SignUpForm",
    "add_email": "metropole.accounts.forms.ChangeAddressForm",
    "change_password": "metropole.accounts.forms.ChangePasswordForm",
    "set_password": "metropole.accounts.forms.SetPasswordForm",
    "reset_password": "metropole.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "metropole.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "metropole.accounts.forms.ReauthenticateForm",
    "request_login_code": "metropole.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "metropole.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "metropole.accounts.forms.ConfirmAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# Whether an address has an account here is nobody else's business; and nobody can have us write to strangers.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# The session ends with the browser, and at the latest after SESSION_COOKIE_AGE.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "20/h/ip,5/h/key",
    "error_report": "10/h/ip",
    "deployment_message": "10/h/user",
    "question": "10/h/user",
    "purchasing_message": "20/h/user",
}
# Limits count by the address of the visitor: the last one of X-Forwarded-For, which our proxy wrote, or the socket's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS_PROXY else 0

MFA_FORMS = {
    "authenticate": "metropole.accounts.forms.SecondFactorForm",
    "reauthenticate": "metropole.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "metropole.accounts.forms.ActivateAppForm",
    "add_webauthn": "metropole.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "metropole.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = WAGTAIL_SITE_NAME

# Three years without signing in, then a month's notice: what the CNIL takes for the end of the use of an account.
UNUSED_ACCOUNT_DAYS = 3 * 365
UNUSED_ACCOUNT_NOTICE_DAYS = 30

# --- E-mail ---------------------------------------------------------------------------------------------------------

_email = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND, EMAIL_FILE_PATH = _email["EMAIL_BACKEND"], _email["EMAIL_FILE_PATH"]
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"] or "", _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _email.get("EMAIL_USE_TLS", False), _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="ne-pas-repondre@innovation.example.org")

# News that people have not read is brought to those who want it once a day, from this hour on (Paris time).
DAILY_MAIL_HOUR = 7
# A year: long enough to find again what was said at the last budget or yearly review, no longer than it is of use.
NEWS_KEPT_DAYS = 365

# --- ProConnect -----------------------------------------------------------------------------------------------------

# The State's sign-in for professionals: there only with the credentials that it gave to this site.
PROCONNECT_CLIENT_ID = env.str("PROCONNECT_CLIENT_ID", default="")
PROCONNECT_CLIENT_SECRET = env.str("PROCONNECT_CLIENT_SECRET", default="")
PROCONNECT_ISSUER = env.str("PROCONNECT_ISSUER", default="").rstrip("/")
PROCONNECT_ALGORITHMS = env.list("PROCONNECT_ALGORITHMS", default=["RS256", "ES256"])
PROCONNECT_REQUIRED_ACR = env.list("PROCONNECT_REQUIRED_ACR", default=[])
PROCONNECT_IS_ON = all((PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET, PROCONNECT_ISSUER))
if PROCONNECT_IS_ON:
    AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, "metropole.accounts.proconnect.backend.ProConnectBackend"]

# --- Languages and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "metropole.formats"
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
# A translation that was only asked for still holds the words of its original: it stays a draft until it is published.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Translators may have drafts proposed by a LibreTranslate server; the site never needs it.
if env.str("LIBRETRANSLATE_URL", default=""):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": env.str("LIBRETRANSLATE_URL"),
            "API_KEY": env.str("LIBRETRANSLATE_API_KEY", default=""),
        },
    }

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Documents lie apart from pictures, where no web server gives them: only the site does, which asks its policy first.
PRIVATE_ROOT = VAR / "private"
STORAGES = {
    "default": {"BACKEND": "metropole.core.storage.SiteStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "jpeg",
    "jpg",
    "odp",
    "ods",
    "odt",
    "pdf",
    "png",
    "pptx",
    "txt",
    "webp",
    "xlsx",
    "zip",
]
# The same door for files from contributors and from editors: what they hold decides, not their names.
CONTRIBUTED_FILE_MAX_BYTES = WAGTAILDOCS_MAX_UPLOAD_SIZE = env.int("FILE_MAX_MB", default=25) * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "metropole.contributions.files.admin.CheckedDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "metropole.contributions.files.admin.CheckedImageForm"
# host:port of an antivirus (clamd), if there is one: then no file is given before it has passed it.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# What browsers may show themselves; all else is only downloaded.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "image/png", "image/jpeg", "image/webp"]

# --- Wagtail admin --------------------------------------------------------------------------------------------------

WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# Addresses and passwords have one place to be changed in: the account, which asks for a confirmation.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nothing about our users leaves the site: no Gravatar look-up, no ping to wagtail.org.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

# --- Search ---------------------------------------------------------------------------------------------------------

SEARCH_INDEX_DIR = VAR / "index"
SEARCH_PAGE_SIZE = 20
# With a server, it answers searches; the index on this machine does whenever the server cannot.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_DISTRIBUTION = env.str("ELASTICSEARCH_DISTRIBUTION", default="elasticsearch")
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA_CERTS = env.str("ELASTICSEARCH_CA_CERTS", default="")
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="metropole")

# --- Background work ------------------------------------------------------------------------------------------------

# Tasks wait in the database for `manage.py worker` where one runs; elsewhere each is done at once, where it arises.
WORKER = env.bool("WORKER", default=False)
_QUEUES = {False: "django_tasks.backends.immediate.ImmediateBackend", True: "django_tasks_db.DatabaseBackend"}
TASKS = {"default": {"BACKEND": _QUEUES[WORKER]}}

# --- Logs -----------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Wagtail's own bookkeeping tasks: two lines for each object saved.
        "django_tasks": {"level": "WARNING"},
        # It writes down what is asked of the search server, the readers' words included.
        "elastic_transport": {"level": "WARNING"},
    },
}
