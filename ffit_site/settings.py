"""All settings, read from the environment (`.env.example` has a line for each).

Over 300 lines: Django reads its settings from one module.
"""

from pathlib import Path

import nhsuk_frontend_jinja
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ffit_site import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = environment.flag("FFIT_PRODUCTION")
DEBUG = environment.flag("FFIT_DEBUG")
DEMO = environment.flag("FFIT_DEMO")
TESTING = environment.flag("FFIT_TESTING")
DATA_DIR = Path(environment.text("FFIT_DATA", str(BASE_DIR / ".ffit" / "data")))
BUILD_DIR = Path(environment.text("FFIT_BUILD_DIR", str(BASE_DIR / ".ffit" / "static")))
# Only the counting worker is given a folder here; a web process has none and cannot read a key.
KEYS_DIR = Path(environment.text("FFIT_KEYS_DIR", str(DATA_DIR / "keys")))
# A second one on another disk; empty for none.
KEYS_MIRROR = environment.text("FFIT_KEYS_MIRROR")

_DEVELOPMENT_SECRET = "for development only: not a secret"  # noqa: S105 (refused in production)
SECRET_KEY = environment.secret("FFIT_SECRET_KEY", _DEVELOPMENT_SECRET)
# The one before, for sessions that began under it; empty where it has leaked.
SECRET_KEY_FALLBACKS = [key for key in [environment.secret("FFIT_SECRET_KEY_BEFORE")] if key]
# Personal links are derived from this key, so it must never be in the database or its backups.
TOKEN_KEY = environment.secret("FFIT_TOKEN_KEY", _DEVELOPMENT_SECRET)
# Whoever asks for figures and for what must wake somebody brings it; none is asked for without one.
METRICS_TOKEN = environment.secret("FFIT_METRICS_TOKEN")
# The proxy's certificate, without its key: how long it is good for is one of the figures.
CERTIFICATE_FILE = environment.text("FFIT_CERTIFICATE_FILE")
PUBLIC_URL = environment.text("FFIT_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = environment.words("FFIT_ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]

if PRODUCTION:
    if SECRET_KEY == TOKEN_KEY:
        raise ImproperlyConfigured("FFIT_SECRET_KEY and FFIT_TOKEN_KEY must differ.")
    if DEMO or DEBUG:
        raise ImproperlyConfigured("FFIT_DEMO and FFIT_DEBUG are refused in production.")

INSTALLED_APPS = [
    "organisations",
    "initiatives",
    "instruments",
    "surveys",
    "responses",
    "fieldwork",
    "scoring",
    "results",
    "debriefs",
    "reports",
    "overview",
    "ffit_site",
    *(["demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "simple_history",
    *(["zeal"] if TESTING else []),
]

MIDDLEWARE = [
    "ffit_site.health.AliveMiddleware",
    "ffit_site.metrics.MetricsMiddleware",
    "ffit_site.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "ffit_site.headers.PolicyMiddleware",
    "ffit_site.headers.BrowserMiddleware",
    "ffit_site.gate.GateMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "responses.middleware.RespondentMiddleware",
    "ffit_site.breaker.BreakerMiddleware",
    "ffit_site.failure.FailureMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    *(["zeal.middleware.zeal_middleware"] if TESTING else []),
    # A respondent's page meets none of those below.
    "ffit_site.straight.StraightMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.SessionAgeMiddleware",
    # Before the form is read for its token, a stranger is asked to sign in.
    "ffit_site.typed_again.SignedInMiddleware",
    "ffit_site.uploads.UploadsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ffit_site.typed_again.TypedAgainMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "ffit_site.urls"
WSGI_APPLICATION = "ffit_site.wsgi.application"

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            BASE_DIR / "templates",
            Path(nhsuk_frontend_jinja.__file__).parent / "templates",
        ],
        "OPTIONS": {
            "environment": "ffit_site.jinja.environment",
            "context_processors": [
                *_CONTEXT_PROCESSORS,
                "organisations.views.context.here",
                "ffit_site.typed_again.form_head",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS},
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nhs",)
CRISPY_TEMPLATE_PACK = "nhs"

DATABASES = {
    "default": environment.database(
        environment.with_password(
            environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
            environment.secret("FFIT_DATABASE_PASSWORD"),
        )
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Quiet hours begin at 20:00 by default; at that very moment Django takes it for a mistake.
SILENCED_SYSTEM_CHECKS = ["fields.W161"]
REDIS_URL = environment.with_password(
    environment.text("REDIS_URL", f"unix://{DATA_DIR / 'valkey.sock'}"),
    environment.secret("FFIT_REDIS_PASSWORD"),
)

_REDIS_CACHE = {
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
CACHES = {
    # For limits on signing in: goes on in memory while Redis is away.
    "default": {"BACKEND": "ffit_site.cache.LimitsCache", **_REDIS_CACHE},
    # Redis itself, which says so when it is away.
    "redis": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_REDIS_CACHE},
    # The answer document is cached in each process: answering goes on while Redis is gone.
    "documents": {
        "BACKEND": "ffit_site.cache.NearCache",
        "LOCATION": "documents",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Parts of results' pages, some 100 kB each; apart, so that they never push a sheet out.
    "results": {
        "BACKEND": "ffit_site.cache.NearCache",
        "LOCATION": "results",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
# How long sessions last: organisations/rules/session_ends.py
SESSION_ENGINE = "organisations.carriers.session_store"
SESSION_COOKIE_SAMESITE = "Lax"
DEVICE_COOKIE_NAME = "device"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# Letters have a budget of their own (organisations/carriers/live_codes.py): counted by address,
# a stranger could use up what its owner needs. So do codes from an app (organisations/forms):
# allauth would count them by address too, behind which a whole hospital may stand.
ACCOUNT_RATE_LIMITS = {"login": None, "request_login_code": None, "login_failed": None}
# Limits on signing in count by address; behind a proxy that is the one it passes on.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("FFIT_PROXIES", 1 if PRODUCTION else 0)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "organisations.views.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "organisations.forms.sign_in.SignInForm",
    "confirm_login_code": "organisations.forms.sign_in.CodeForm",
}
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "organisations.views.adapters.SecondStepAdapter"
MFA_TOTP_ISSUER = "Fitness for Improvement"
MFA_TOTP_TOLERANCE = 1
# Whoever signed in by a code has shown that the address is theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "organisations.forms.sign_in.AppCodeForm",
    "reauthenticate": "organisations.forms.sign_in.AppCodeAgainForm",
    "activate_totp": "organisations.forms.sign_in.AddAppForm",
}

CELERY_BROKER_URL = REDIS_URL if "://" in REDIS_URL else f"unix://{REDIS_URL}"
CELERY_BROKER_URL = CELERY_BROKER_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # A page never waits for a broker that is away; the sweeps find what was not enqueued.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"fieldwork.counting.*": {"queue": "counting"}}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Europe/London"
# The database says what is due; these sweeps look. A lost message costs at most one round.
CELERY_BEAT_SCHEDULE = {
    "fieldwork: what is due": {"task": "fieldwork.sweep", "schedule": 20.0},
    "staff lists and addresses": {"task": "surveys.sweep", "schedule": 20.0},
    "messages: what is due": {"task": "surveys.send_due_messages", "schedule": 15.0},
    "messages: what is in doubt": {"task": "surveys.ask_about_held", "schedule": 60.0},
    "counting: keys and counts": {"task": "fieldwork.counting.sweep", "schedule": 15.0},
    "people: who is to be told": {"task": "organisations.sweep", "schedule": 20.0},
    "scoring: what was counted": {"task": "scoring.sweep", "schedule": 15.0},
    "improvements: what begins today": {"task": "initiatives.begin_planned", "schedule": 300.0},
    "improvements: ideas from staff": {"task": "initiatives.ideas", "schedule": 300.0},
    "improvements: who is to be told": {"task": "overview.sweep", "schedule": 300.0},
    "reports: documents": {"task": "reports.sweep", "schedule": 15.0},
}
if DEMO:
    CELERY_BEAT_SCHEDULE["demo: no waiting for the morning"] = {
        "task": "demo.hurry",
        "schedule": 5.0,
    }
for _entry in CELERY_BEAT_SCHEDULE.values():
    # With no worker the queue holds a minute of rounds, not a night of them.
    _entry["options"] = {"expires": 60.0}

EMAIL_HOST = environment.text("FFIT_EMAIL_HOST")
EMAIL_PORT = environment.number("FFIT_EMAIL_PORT", 25)
EMAIL_HOST_USER = environment.text("FFIT_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.given("FFIT_EMAIL_PASSWORD")
EMAIL_SECURITY = environment.text("FFIT_EMAIL_SECURITY", "starttls")
if EMAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured("FFIT_EMAIL_SECURITY must be starttls, tls or none.")
if PRODUCTION and EMAIL_SECURITY == "none" and not environment.is_loopback(EMAIL_HOST):
    raise ImproperlyConfigured(
        "FFIT_EMAIL_SECURITY=none is for a mail server on this machine: codes would be readable."
    )
# Certificates are verified, which is smtplib's way with Django's settings.
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.text("FFIT_EMAIL_FROM", "fitness@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif DEMO:
    EMAIL_BACKEND = "demo.carriers.outbox.OutboxBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# GOV.UK Notify: text messages with a template for them, e-mails too with one for e-mails.
NOTIFY_API_KEY = environment.given("FFIT_NOTIFY_API_KEY")
NOTIFY_URL = environment.text("FFIT_NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_EMAIL_TEMPLATE = environment.text("FFIT_NOTIFY_EMAIL_TEMPLATE")
NOTIFY_SMS_TEMPLATE = environment.text("FFIT_NOTIFY_SMS_TEMPLATE")
NOTIFY_CALLBACK_TOKEN = environment.secret("FFIT_NOTIFY_CALLBACK_TOKEN")
# The web has templates and no key: only the worker sends.
if NOTIFY_API_KEY and len(NOTIFY_API_KEY) < 73:
    raise ImproperlyConfigured("FFIT_NOTIFY_API_KEY must be a whole key of GOV.UK Notify.")
if NOTIFY_CALLBACK_TOKEN and len(NOTIFY_CALLBACK_TOKEN) < 32:
    raise ImproperlyConfigured("FFIT_NOTIFY_CALLBACK_TOKEN must have 32 characters or more.")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("FFIT_STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static", BUILD_DIR]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MAX_AGE = 31536000 if PRODUCTION else 0
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
# "no-referrer" would make browsers send "Origin: null" with forms, which the CSRF check refuses;
# respondent addresses say no-referrer themselves.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# A file is read in memory and never on disk; how many at a time, `ffit_site.uploads` says.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
if PRODUCTION:
    SECURE_SSL_REDIRECT = environment.flag("FFIT_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^readyz$", r"^watchz$", r"^metrics$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    # "__Host-": only this host may set it, over TLS, for all its addresses.
    SESSION_COOKIE_NAME = "__Host-session"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_COOKIE_SECURE = True
    DEVICE_COOKIE_NAME = "__Host-device"
CSRF_COOKIE_HTTPONLY = True
# Not in a cookie of their own: that would carry names to the browser, and be one cookie more.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "ffit_site.failure.csrf_failed"

# Where there are no backups there is nothing a key could open after the count.
KEY_WAITS_FOR_BACKUP = environment.flag("FFIT_KEY_WAITS_FOR_BACKUP", default=PRODUCTION)
# After an hour without a look the whole machine may have been put back; a laptop may be closed.
HOLD_AFTER_SILENCE = PRODUCTION
# A promoted standby has all that was acknowledged, so nothing is held for it.
STANDBY_IS_SYNCHRONOUS = environment.flag("FFIT_STANDBY_IS_SYNCHRONOUS")

LOGGING = logs.configuration(
    is_production=PRODUCTION,
    level=environment.text("FFIT_LOG_LEVEL", "INFO"),
    service=environment.text("FFIT_SERVICE", "ffit"),
)
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [
    {"model": "account.*"},
    {"model": "auth.*"},
    {"model": "mfa.*"},
]
