"""Every setting Kanal has. What an office may change comes from the environment, by name."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from kanal.lib import env

PACKAGE = Path(__file__).resolve().parent

# The data folder: database (when embedded), letters, secret key, exported journal heads.
DATA = env.folder("KANAL_DATA", Path.cwd() / "data")
FILES = DATA / "files"


def _secret_key() -> str:
    """From the environment, else a file made once in the data folder, readable by its owner only."""
    given = env.text("KANAL_SECRET_KEY")
    if given:
        return given
    kept = DATA / "secret-key"
    if not kept.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text().strip()


def _database() -> dict[str, object]:
    """DATABASE_URL, else the embedded server's socket inside the data folder."""
    given = env.text("DATABASE_URL") or f"postgresql://kanal@/kanal?host={DATA / 'run'}"
    parts: dict[str, object] = dict(conninfo_to_dict(given))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "kanal"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Planning cost more than running: a query asked thrice on a connection stays planned.
        "OPTIONS": {**parts, "server_side_binding": True, "prepare_threshold": 3},
    }


SECRET_KEY = _secret_key()
DEBUG = env.flag("KANAL_DEBUG")
ALLOWED_HOSTS = env.words("KANAL_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
PUBLIC_URL = env.text("KANAL_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "csp",
    "kanal.desk",  # before allauth: its sheets replace allauth's own pages
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "kanal.lib",
    "kanal.journal",
    "kanal.directory",
    "kanal.stationery",
    "kanal.post",
    "kanal.readings",
    "kanal.mandates",
    "kanal.circulars",
    "kanal.register",
    "kanal.appointments",
    "kanal.intake",
    "kanal.correspondence",
    "kanal.compliance",
    "kanal.reminders",
    "kanal.digests",
    "kanal.public",
    "kanal.sample",
    "kanal.ground",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kanal.lib.middleware.ChosenLanguageMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kanal.lib.middleware.PlainAddressMiddleware",
    "kanal.lib.middleware.RefusalMiddleware",
]

# The rooms that know where a unit stands, each with its own columns (see mandates/standing.py).
STANDING_COLUMNS = [
    "kanal.register.standing",
    "kanal.appointments.standing",
    "kanal.intake.standing",
    "kanal.circulars.standing",
]
# The rooms that offer something on the board, see `kanal.compliance.offers`.
BOARD_OFFERS = ["kanal.reminders.offering"]
# By the kind of a message: the module that is asked as one leaves, see `kanal.post.leaving`.
MAIL_ASKED_BEFORE = {
    "digest": "kanal.digests.sending",
    "reminder": "kanal.reminders.sending",
}

ROOT_URLCONF = "kanal.urls"
WSGI_APPLICATION = "kanal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kanal.desk.context.frame",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "django.templatetags.i18n",
                "kanal.lib.templatetags.kanal",
            ],
        },
    }
]

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["kanal.directory.backends.SignIn"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"login": "kanal.directory.signin_form.SignInForm"}
ACCOUNT_ADAPTER = "kanal.directory.signin.InvitedOnly"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "kanal.directory.signin.EncryptedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kanal"

# Mail goes through the office's own server; without one it stays as files in the data folder.
EMAIL_HOST = env.text("KANAL_SMTP_HOST")
EMAIL_PORT = env.number("KANAL_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("KANAL_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("KANAL_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("KANAL_SMTP_TLS", True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = env.text("KANAL_MAIL_FROM", "kanal@localhost")

SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Set only where a proxy of the office's own terminates TLS and overwrites this header.
if env.flag("KANAL_BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}
# Letters are shown inside our own pages, beside the form.
X_FRAME_OPTIONS = "SAMEORIGIN"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["kanal.lib.formats"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("KANAL_STATIC", DATA / "static")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES, "file_permissions_mode": 0o600},
    },
    # Tests take the plain one: it needs no collected files.
    "staticfiles": {
        "BACKEND": env.text(
            "KANAL_STATIC_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_MAX_AGE = 600

# One letter's file; above it the office gets a clear refusal. Django keeps what is larger than
# the memory limit in a temporary file while it arrives.
LETTER_MAX_BYTES = env.number("KANAL_LETTER_MAX_MB", 25) * 1024 * 1024
LETTER_MAX_PAGES = env.number("KANAL_LETTER_MAX_PAGES", 50)
LETTER_MAX_MEGAPIXELS = env.number("KANAL_LETTER_MAX_MEGAPIXELS", 40)
# How scans are read: `both` engines on the whole page, or `small` for a server with little memory.
SCAN_MODE = env.text("KANAL_SCAN_MODE", "both")
# Where a virus scanner listens: a socket's path or host:port. Without one files are not scanned.
CLAMD = env.text("KANAL_CLAMD")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Background tasks stand in each room's jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Mail: an office's own certificate authority, the largest mail taken in whole, how many automatic
# answers one address gets within a day, and how many mails are read at once on all machines.
MAIL_CA_FILE = env.text("KANAL_MAIL_CA")
MAIL_MAX_BYTES = env.number("KANAL_MAIL_MAX_MB", 40) * 1024 * 1024
MAIL_ANSWERS_A_DAY = env.number("KANAL_MAIL_ANSWERS_A_DAY", 5)
MAIL_READERS = max(1, env.number("KANAL_MAIL_READERS", 3))

# BSrE's e-sign client service on the agency's own server; without its address heads sign with a
# key file or with a pen.
BSRE_URL = env.text("KANAL_BSRE_URL")
BSRE_USER = env.text("KANAL_BSRE_USER")
BSRE_PASSWORD = env.text("KANAL_BSRE_PASSWORD")
BSRE_CA = env.text("KANAL_BSRE_CA")
# Only on a network of the agency's own: passphrases then travel in the clear.
BSRE_PLAIN_HTTP = env.flag("KANAL_BSRE_PLAIN_HTTP")
