"""Settings: safe for a real server by default; what differs comes from the environment."""

import os
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from jinja2 import StrictUndefined

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("NENMONG_HOME", BASE_DIR / "var")).resolve()
PACKS = BASE_DIR / "packs"


def flag(name: str, default: str = "") -> bool:
    """Say whether the environment switches `name` on."""
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


def secret_key() -> str:
    """Return the key from the environment, else the one kept in the home folder (made once).

    Raises:
        ImproperlyConfigured: the home folder cannot be read or written to.
    """
    if key := os.environ.get("NENMONG_SECRET_KEY"):
        return key
    try:
        return kept_key(HOME / "secret-key")
    except OSError as error:  # said in both languages: no page where one could choose exists yet
        raise ImproperlyConfigured(
            f"Không ghi được vào thư mục {HOME} ({error.strerror}). "
            "Hãy đặt NENMONG_HOME là một thư mục ghi được.\n"
            f"The folder {HOME} cannot be written to ({error.strerror}). "
            "Set NENMONG_HOME to one that can."
        ) from error


def kept_key(kept: Path) -> str:
    """Return the key in the file `kept`, which is made with a new one when it is not there."""
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was faster; read its key below
            pass
        else:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(get_random_secret_key())
    return kept.read_text(encoding="ascii")


def chosen_day() -> date | None:
    """Return the day the demo pretends it is, when it was started with `--today`."""
    text = os.environ.get("NENMONG_TODAY")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ImproperlyConfigured(
            f"NENMONG_TODAY={text!r} không phải một ngày. Viết như 2026-07-03.\n"
            f"NENMONG_TODAY={text!r} is not a day. Write it like 2026-07-03."
        ) from error


def database() -> Any:
    """Return the database that `DATABASE_URL` names, else the file in the home folder.

    Raises:
        ImproperlyConfigured: the address cannot be read, or is of an engine we do not run on.
    """
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'nenmong.sqlite3'}"
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        found = {}
    if str(found.get("ENGINE")).rpartition(".")[2] in {"sqlite3", "postgresql"}:
        return found
    # The address itself is not repeated: it holds a password.
    raise ImproperlyConfigured(
        "Chưa đọc được DATABASE_URL. Hãy viết như postgresql://ten:mat-khau@may-chu:5432/nenmong, "
        "hoặc bỏ đi để dùng một tệp SQLite.\n"
        "DATABASE_URL cannot be read. Write it like postgresql://name:password@host:5432/nenmong, "
        "or leave it out to use a SQLite file."
    )


def mail() -> dict[str, Any]:
    """Return how e-mail is sent: by the server that `EMAIL_URL` names, else written to the console.

    Raises:
        ImproperlyConfigured: the address cannot be read.
    """
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    backend = "django.core.mail.backends."
    url = os.environ.get("EMAIL_URL") or "console:"
    try:
        parts = urlsplit(url)
        if parts.scheme == "console":
            return {"EMAIL_BACKEND": backend + "console.EmailBackend"}
        if parts.hostname and parts.scheme in ports:
            sender = parse_qs(parts.query).get("from", [unquote(parts.username or "")])[0]
            return {
                "EMAIL_BACKEND": backend + "smtp.EmailBackend",
                "EMAIL_HOST": parts.hostname,
                "EMAIL_PORT": parts.port or ports[parts.scheme],
                "EMAIL_HOST_USER": unquote(parts.username or ""),
                "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
                "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
                "EMAIL_USE_SSL": parts.scheme == "smtps",
                **({"DEFAULT_FROM_EMAIL": sender} if sender else {}),
            }
    except ValueError:  # a port that is no number
        pass
    # The address itself is not repeated: it holds a password.
    raise ImproperlyConfigured(
        "Chưa đọc được EMAIL_URL. Hãy viết như "
        "smtp+tls://ten:mat-khau@may-chu:587/?from=chibo@example.vn, "
        "hoặc bỏ đi để không gửi thư.\n"
        "EMAIL_URL cannot be read. Write it like "
        "smtp+tls://name:password@host:587/?from=cell@example.vn, or leave it out to send none."
    )


SECRET_KEY = secret_key()
DEBUG = False
# The demo is a laptop's: plain http on a loopback address, and a banner that says what is made up.
DEMO = flag("NENMONG_DEMO")
# For a look-in by one touch; set only where the demo listens to its own machine alone.
DEMO_PASSWORD = os.environ.get("NENMONG_DEMO_PASSWORD", "") if DEMO else ""
TODAY = chosen_day()
HTTPS = flag("NENMONG_HTTPS", "" if DEMO else "1")
ALLOWED_HOSTS = os.environ.get("NENMONG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host[:1].isalpha()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "nenmong.core",
    "nenmong.ui",
    "nenmong.accounts",
    "nenmong.org",
    "nenmong.rulebook",
    "nenmong.meetings",
    "nenmong.directives",
    "nenmong.opinions",
    "nenmong.scoring",
    "nenmong.home",
    "nenmong.flows",
    "nenmong.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nenmong.ui.middleware.PlainRequestMiddleware",
    "nenmong.ui.middleware.AnsweredMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nenmong.ui.middleware.LanguageMiddleware",
    "nenmong.ui.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nenmong.ui.middleware.ErrorsMiddleware",
    "nenmong.config.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "nenmong.config.urls"
WSGI_APPLICATION = "nenmong.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "nenmong.ui.context.page",
    "nenmong.config.nav.nav",
    "nenmong.config.slots.slots",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "nenmong.ui.jinja.environment",
            "extensions": ["jinja2.ext.i18n"],
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DATABASES: dict[str, Any] = {"default": database()}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN, so that two writers wait instead of failing half-way.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
            ),
        },
    }
else:
    # Parameters bound by the server let it keep the plan of a statement it has seen five times:
    # the one that every page asks for a person's rights takes it longer to plan than to answer.
    DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 5}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in attempts are counted here, so it must hold across processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}

# A job is a row of the same database: it commits with the change that asked for it, or not at all.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What nobody receives is not sent: without a server the pages offer no e-mail, but for the demo.
MAILS = DEMO or bool(os.environ.get("EMAIL_URL"))
EMAIL_TIMEOUT = 20  # seconds: a job must not hang on a server that does not answer
globals().update(mail())

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "nenmong.accounts.backends.SheetBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my_work"
LOGOUT_REDIRECT_URL = "home:welcome"
ACCOUNT_ADAPTER = "nenmong.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # our accounts have none
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = None  # asked for at sign-in: a phone of one's own, or not
SESSION_ENGINE = "nenmong.core.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 3600  # on a known phone; elsewhere until the browser is closed
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
# A second factor is asked for by the posts that need one; off only in the demo, which says so.
SECOND_FACTOR = not DEMO
MFA_ADAPTER = "nenmong.accounts.second_factor.Adapter"
MFA_TOTP_ISSUER = "Nền Móng"
MFA_TOTP_TOLERANCE = 1  # phones' clocks differ by half a minute
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Behind a proxy all come from its address: by that one, one person's slips would lock out everyone.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("NENMONG_PROXY") else 0

# Where capabilities below find what only the whole house knows.
NENMONG_ROLES = "nenmong.config.roles.ROLES"
NENMONG_ATTACHED: list[str] = [
    "nenmong.meetings.actions.reorganised",
    "nenmong.opinions.actions.reorganised",
    "nenmong.directives.actions.reorganised",
]
NENMONG_SWEPT = [  # daily, with what the core sweeps
    "nenmong.org.actions.sweep_uploads",
    "nenmong.meetings.actions.absences.sweep_answers",
    "nenmong.opinions.actions.nudging.sweep",
]
NENMONG_FILES_NAMED = [  # who says which files stay; each yields SHA-256
    "nenmong.meetings.queries.documents.named",
    "nenmong.opinions.queries.files.named",
    "nenmong.directives.queries.files.named",
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "nenmong" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CSRF_FAILURE_VIEW = "nenmong.ui.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
# The names below ours are often others' machines, and a preload list can hardly be left again: both
# bind more than we know of. So that is asked for, never taken; W005 and W021 would ask for it.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and flag("NENMONG_HSTS_SUBDOMAINS")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("NENMONG_PROXY") else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Only doors that take a file set a handler (`ui.files`). One that comes anywhere else is not kept.
FILE_UPLOAD_HANDLERS: list[str] = []
# In megabytes: of one file, and of all documents of one meeting.
NENMONG_FILE_MB = int(os.environ.get("NENMONG_FILE_MB", "20"))
NENMONG_MEETING_MB = int(os.environ.get("NENMONG_MEETING_MB", "100"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
