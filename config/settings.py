"""Every setting of Troupe, read from the environment, each with a default that works on a laptop."""

from pathlib import Path

import environ
from celery.schedules import crontab

from config import embedded
from config.lib.keyfiles import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where Troupe is and what it may write to
DEBUG = env.bool("DEBUG", False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
TROUPE_VAR = embedded.var_folder()
WEB_WORKERS = env.int("WEB_WORKERS", 1)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
TESTING = env.bool("TROUPE_TESTING", False)
# Hosts (or host:port) that outgoing calls may reach though their addresses are private: a proxy of your own.
PROVIDER_PRIVATE_HOSTS = env.list("PROVIDER_PRIVATE_HOSTS", default=[])

# Secrets: made once and kept, unless given. The customer key is never derived from SECRET_KEY and never
# rotated: it is what makes the same shopper the same person in later imports.
SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(TROUPE_VAR / "secret_key")
CUSTOMER_KEY = env.str("CUSTOMER_KEY", "") or kept_secret(TROUPE_VAR / "customer_key")
# Under it the keys of data providers are encrypted; with another one they have to be entered again.
SEALING_KEY = env.str("SEALING_KEY", "") or kept_secret(TROUPE_VAR / "sealing_key")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", ".localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Servers
DATABASE_URL = env.str("DATABASE_URL", "") or embedded.database_url(TROUPE_VAR)
REDIS_URL = env.str("REDIS_URL", "") or embedded.redis_url(TROUPE_VAR)
DATABASES = {"default": {**env.db_url_config(DATABASE_URL), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
# A database with all migrations applied, from which each test worker copies its own (config/testing.py).
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TROUPE_TEST_TEMPLATE", "") or None}
# A database that has gone must not hold a visitor of a short link for psycopg's own two minutes.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    # What `{% cache %}` keeps: parts of the shell that are the same for everybody until the next release.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends." + ("dummy.DummyCache" if DEBUG else "locmem.LocMemCache")
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "lucide",
    "pghistory",
    "pgtrigger",
    "template_partials",
    "config.apps.TroupeConfig",
    "team",
    "creators",
    "campaigns",
    "results",
    "briefs",
    "desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.AccessMiddleware",
    "config.middleware.MergedMiddleware",
    "config.middleware.FormOnlyMiddleware",
    "config.middleware.ToastMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.shell",
            ],
        },
    },
]

FORM_RENDERER = "config.lib.drawing.Renderer"

# People
AUTH_USER_MODEL = "team.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:  # a strong hash costs a third of a second, and every test makes three people
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # a command's result alone goes to stdout
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "troupe@localhost")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server nobody could follow a verification link, so it is asked only where there is one.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_URL else "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us, and could not sign up anyway
ACCOUNT_FORMS = {"login": "team.forms.SignInForm"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Lock-out: wrong passwords are counted for an address (5 in 5 minutes) and for a caller (10 in a minute).
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
CSRF_FAILURE_VIEW = "config.refused.stale_page"
ACCOUNT_ADAPTER = "team.adapters.AccountAdapter"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
# A name of our own: under Django's, a shop's own sign-in on the same domain would pass for the team's.
SESSION_COOKIE_NAME = "troupe_session"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_HTTPS:
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Nothing inline and nothing from another host, so no nonce is needed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = TROUPE_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", "") or TROUPE_VAR / "media")
CLICKS_FOLDER = TROUPE_VAR / "clicks"
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if TESTING or DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Words and numbers
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
# Ids stand in addresses and form values too: numbers for people go through the filters `count` and `money`.
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Work
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) if REDIS_URL.startswith("unix:") else REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_EXPIRES = 3600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, dict] = {
    # team
    "let_documents_go": {"task": "team.tasks.let_documents_go", "schedule": 21_600, "options": {"expires": 3600}},
    # creators
    "drop_old_payloads": {"task": "creators.tasks.drop_old_payloads", "schedule": 21_600, "options": {"expires": 60}},
    "sweep_metrics": {"task": "creators.tasks.sweep_metrics", "schedule": 60.0, "options": {"expires": 55}},
    "recompute_benchmarks": {
        "task": "creators.tasks.recompute_benchmarks",
        "schedule": crontab(hour=3, minute=40, day_of_week="sun"),
        "options": {"expires": 3600},
    },
    "take_pulses": {
        "task": "creators.tasks.take_pulses",
        "schedule": crontab(hour=4, minute=40),
        "options": {"expires": 3600},
    },
    "plan_refreshes": {"task": "creators.tasks.plan_refreshes", "schedule": 600.0, "options": {"expires": 550}},
    "refresh_due": {"task": "creators.tasks.work_on_refresh", "schedule": 30.0, "options": {"expires": 25}},
    "thin_snapshots": {"task": "creators.tasks.thin_snapshots", "schedule": 86_400, "options": {"expires": 3600}},
    "sweep_assessments": {
        "task": "creators.tasks.sweep_assessments",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "settle_peers": {
        "task": "creators.tasks.settle_peers",
        "schedule": crontab(hour=4, minute=10, day_of_week="sun"),
        "options": {"expires": 3600},
    },
    "follow_rights": {"task": "creators.tasks.follow_rights", "schedule": 3600.0, "options": {"expires": 3000}},
    "find_duplicates": {
        "task": "creators.tasks.find_duplicates",
        "schedule": crontab(hour=2, minute=20),
        "options": {"expires": 3600},
    },
    "sweep_undoing": {"task": "desk.tasks.sweep_undoing", "schedule": 60.0, "options": {"expires": 55}},
    "sweep_erasing": {"task": "desk.tasks.sweep_erasing", "schedule": 60.0, "options": {"expires": 55}},
    "forget_merges": {"task": "desk.tasks.forget_merges", "schedule": 86_400, "options": {"expires": 3600}},
    "forget_applications": {
        "task": "creators.tasks.forget_applications",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 3600},
    },
    # campaigns
    "follow_posts": {"task": "campaigns.tasks.follow_posts", "schedule": 30.0, "options": {"expires": 25}},
    "drop_old_addresses": {
        "task": "campaigns.tasks.drop_old_addresses",
        "schedule": 43_200,
        "options": {"expires": 3600},
    },
    "sweep_rosters": {"task": "campaigns.tasks.sweep_rosters", "schedule": 60.0, "options": {"expires": 55}},
    # results: clicks
    "roll-up-clicks": {"task": "results.tasks.roll_up_clicks", "schedule": 30, "options": {"expires": 25}},
    "destroy-salts": {"task": "results.tasks.destroy_salts", "schedule": 43_200, "options": {"expires": 3600}},
    # results: orders
    "sweep_orders": {"task": "results.tasks.sweep_orders", "schedule": 60.0, "options": {"expires": 55}},
    "sweep_credit": {"task": "results.tasks.sweep_credit", "schedule": 60.0, "options": {"expires": 55}},
    # results: lifecycle
    "sweep_lifecycle": {
        "task": "results.tasks.sweep_lifecycle",
        "schedule": crontab(minute=35),
        "options": {"expires": 3000},
    },
    "name_performers": {
        "task": "results.tasks.name_performers",
        "schedule": crontab(hour=4, minute=50, day_of_week="mon"),
        "options": {"expires": 3600},
    },
    # results: reports
    "sum_up_outcomes": {"task": "results.tasks.sum_up_outcomes", "schedule": 600.0, "options": {"expires": 550}},
    "roll_up_credit": {"task": "results.tasks.roll_up_credit", "schedule": 60.0, "options": {"expires": 55}},
    # briefs
}

# Providers are asked in runs of threads: so many runs at once in the whole installation, each with so many calls in
# flight. One run leaves the other worker process free for imports.
REFRESH_RUNS = env.int("REFRESH_RUNS", 1)
REFRESH_THREADS = env.int("REFRESH_THREADS", 20)
# Calls a minute to each provider, by all workers together: PROVIDER_PACE="sociavault=600,instagram=3". Instagram
# allows 200 an hour; SociaVault names no limit, so it gets what keeps 20 calls of 200 ms in flight.
PROVIDER_PACE = {"youtube": 1200, "instagram": 3, "sociavault": 6000, "demo": 6000} | {
    name: int(calls) for name, calls in env.dict("PROVIDER_PACE", default={}).items()
}
# YouTube gives a project so many units a day, from midnight to midnight Pacific time.
YOUTUBE_UNITS_A_DAY = env.int("YOUTUBE_UNITS_A_DAY", 10_000)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
    # It writes the address of each request at INFO, and Instagram takes its token in the address.
    "loggers": {"httpx": {"level": "WARNING"}},
}
# The proxy that speaks TLS redirects to it; whether sub-domains and preload lists are meant is the host's to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
