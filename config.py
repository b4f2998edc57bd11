"""Everything that can be set, read from the environment once. README.md has the same table for operators."""

import os
import secrets
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
INSTANCE = ROOT / "instance"
TRUE = {"1", "true", "yes", "on"}


class Misconfigured(RuntimeError):
    """The environment does not allow a safe start; the message says which variable to set."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: what for, and what it is when it is not set."""

    name: str
    meaning: str
    default: str


VARIABLES = (
    Variable("CIVTECH_ENV", "`development`, `testing` or `production`", "development"),
    Variable("CIVTECH_DEMO", "`1` shows the demonstration banner and one-press sign-in; refused in production", "0"),
    Variable("DATABASE_URL", "SQLite or PostgreSQL", "sqlite:///instance/civtech.db"),
    Variable(
        "STORAGE_URL",
        "where files will go, `file://` or `s3://`; files come with a later release",
        "file://instance/files",
    ),
    Variable("QUEUE_URL", "background jobs: `sqlite:///…` or `postgresql://…`", "sqlite:///instance/queue.db"),
    Variable(
        "MAIL_URL",
        "`file://folder` writes .eml files; `smtp://user:password@host:port` or `smtps://` sends",
        "file://instance/mail",
    ),
    Variable("MAIL_SENDER", "the address mails come from", "no-reply@civtech.example"),
    Variable("PROGRAMME_CONTACT", "the address people write to for help, shown on the pages", "help@civtech.example"),
    Variable(
        "SECURITY_CONTACT",
        "`mailto:` or `https:` address for reports of security faults, in /.well-known/security.txt",
        "mailto:security@civtech.example",
    ),
    Variable(
        "RETENTION_YEARS",
        "how many years personal data are kept, by category; the privacy notice says them",
        "account=1, unsuccessful=1, funded=6, official=6, traces=1",
    ),
    Variable("SECRET_KEY", "signs sessions and tokens; required in production", "made once, kept in instance/"),
    Variable("PASSWORD_SALT", "peppers passwords; required in production", "made once, kept in instance/"),
    Variable(
        "TOTP_SECRET", "encrypts authenticator secrets at rest; required in production", "made once, kept in instance/"
    ),
    Variable("SERVER_NAME", "host name for links in mails; required in production", "127.0.0.1:8000"),
    Variable("HTTPS", "`1` when served over HTTPS: secure cookies and HSTS", "1 in production"),
    Variable("TRUSTED_PROXIES", "how many proxies in front may set X-Forwarded-*", "0"),
    Variable("LIMITS_URL", "where request limits are counted: `memory://`, in each process", "memory://"),
    Variable("LOG_LEVEL", "`debug`, `info`, `warning` or `error`", "info"),
    Variable("PROGRAMME_NAME", "the name on every page", "CivTech"),
    Variable("PROGRAMME_CURRENCY", "ISO 4217 code", "GBP"),
    Variable("PROGRAMME_TIMEZONE", "IANA zone in which people read times", "Europe/London"),
    Variable("PROGRAMME_ZONE_NAME", "what people call that zone", "UK time"),
    Variable("LANGUAGES", "catalogues offered, comma-separated, the first is the default", "en_GB"),
    Variable("TRANSLATIONS", "folder with the compiled catalogues", "civtech/translations"),
    Variable("HOST", "address `make run` listens on", "127.0.0.1"),
    Variable("PORT", "port `make run` listens on", "8000"),
)


@dataclass(frozen=True)
class Settings:
    """The settings of one process, under the names Flask and its extensions expect."""

    CIVTECH_ENV: str
    CIVTECH_DEMO: bool
    SQLALCHEMY_DATABASE_URI: str
    SQLALCHEMY_ENGINE_OPTIONS: dict[str, Any]
    STORAGE_URL: str
    QUEUE_URL: str
    MAIL_URL: str
    MAIL_SENDER: str
    PROGRAMME_CONTACT: str
    SECURITY_CONTACT: str
    RETENTION_YEARS: dict[str, int]
    SECRET_KEY: str
    SECURITY_PASSWORD_SALT: str
    TOTP_SECRET: str
    PUBLIC_ADDRESS: str
    HTTPS: bool
    TRUSTED_PROXIES: int
    RATELIMIT_STORAGE_URI: str
    LOG_LEVEL: str
    PROGRAMME_NAME: str
    PROGRAMME_CURRENCY: str
    PROGRAMME_TIMEZONE: str
    PROGRAMME_ZONE_NAME: str
    LANGUAGES: tuple[str, ...]
    BABEL_DEFAULT_LOCALE: str
    BABEL_TRANSLATION_DIRECTORIES: str
    TESTING: bool
    MAX_CONTENT_LENGTH: int = 2 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 1024 * 1024
    MAX_FORM_PARTS: int = 500
    WTF_CSRF_TIME_LIMIT: int | None = None
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    PERMANENT_SESSION_LIFETIME: timedelta = timedelta(hours=12)

    def mapping(self) -> dict[str, Any]:
        """For `app.config.from_mapping`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        prefix = "__Host-" if self.HTTPS else ""
        return values | {"SESSION_COOKIE_SECURE": self.HTTPS, "SESSION_COOKIE_NAME": f"{prefix}civtech"}


def _kept_secret(name: str) -> str:
    """A secret for development: made once, readable by its owner only."""
    place = INSTANCE / f"{name.lower()}.secret"
    try:
        return place.read_text().strip()
    except FileNotFoundError:
        INSTANCE.mkdir(exist_ok=True)
        made = secrets.token_urlsafe(48)
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(made)
        return made


def _openable(address: str) -> str:
    """`address`, if a security.txt may name it (RFC 9116, section 2.5.3)."""
    if not address.startswith(("mailto:", "https://")) or any(sign.isspace() for sign in address):
        raise Misconfigured("SECURITY_CONTACT must begin with mailto: or https:// and hold no space.")
    return address


def _years(said: str) -> dict[str, int]:
    """The years of each category, from `funded=5, account=2`; what is not said stays at its default."""
    known = {"account", "unsuccessful", "funded", "official", "traces"}
    found = {}
    for part in filter(None, map(str.strip, said.split(","))):
        name, _equals, years = part.partition("=")
        if name not in known or not (years.isascii() and years.isdigit()) or not 1 <= int(years) <= 100:
            raise Misconfigured(f"RETENTION_YEARS takes {', '.join(sorted(known))}, each with 1 to 100 years.")
        found[name] = int(years)
    return found


def _database(url: str) -> str:
    """SQLAlchemy's spelling of the URL: psycopg 3 for PostgreSQL, a relative SQLite file below the project's root."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////") and url != "sqlite:///:memory:":
        place = ROOT / url.removeprefix("sqlite:///")
        place.parent.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{place}"
    return url


def read(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings, or raise `Misconfigured` with the variable to set."""
    given = dict(os.environ if environment is None else environment)
    defaults = {variable.name: variable.default for variable in VARIABLES}
    kind = given.get("CIVTECH_ENV", "development")
    if kind not in {"development", "testing", "production"}:
        raise Misconfigured("CIVTECH_ENV must be development, testing or production.")
    production = kind == "production"
    demo = given.get("CIVTECH_DEMO", "0").lower() in TRUE
    if production and demo:
        raise Misconfigured("CIVTECH_DEMO gives away sign-in to everybody: production refuses to start with it.")

    def setting(name: str) -> str:
        return given.get(name) or defaults[name]

    def secret(name: str) -> str:
        if value := given.get(name):
            return value
        if production:
            raise Misconfigured(f"Set {name}: production does not start without it.")
        return _kept_secret(name)

    if production:
        for name in ("DATABASE_URL", "SERVER_NAME", "MAIL_URL"):
            if not given.get(name):
                raise Misconfigured(f"Set {name}: production does not start without it.")

    database = _database(setting("DATABASE_URL"))
    languages = tuple(code.strip() for code in setting("LANGUAGES").split(",") if code.strip())
    return Settings(
        CIVTECH_ENV=kind,
        CIVTECH_DEMO=demo,
        SQLALCHEMY_DATABASE_URI=database,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True} if database.startswith("postgresql") else {},
        STORAGE_URL=setting("STORAGE_URL"),
        QUEUE_URL=setting("QUEUE_URL"),
        MAIL_URL=setting("MAIL_URL"),
        MAIL_SENDER=setting("MAIL_SENDER"),
        PROGRAMME_CONTACT=setting("PROGRAMME_CONTACT"),
        SECURITY_CONTACT=_openable(setting("SECURITY_CONTACT")),
        RETENTION_YEARS=_years(defaults["RETENTION_YEARS"]) | _years(setting("RETENTION_YEARS")),
        SECRET_KEY=secret("SECRET_KEY"),
        SECURITY_PASSWORD_SALT=secret("PASSWORD_SALT"),
        TOTP_SECRET=secret("TOTP_SECRET"),
        PUBLIC_ADDRESS=given.get("SERVER_NAME") or f"{setting('HOST')}:{setting('PORT')}",
        HTTPS=given.get("HTTPS", "1" if production else "0").lower() in TRUE,
        TRUSTED_PROXIES=int(setting("TRUSTED_PROXIES")),
        RATELIMIT_STORAGE_URI=setting("LIMITS_URL"),
        LOG_LEVEL=setting("LOG_LEVEL"),
        PROGRAMME_NAME=setting("PROGRAMME_NAME"),
        PROGRAMME_CURRENCY=setting("PROGRAMME_CURRENCY"),
        PROGRAMME_TIMEZONE=setting("PROGRAMME_TIMEZONE"),
        PROGRAMME_ZONE_NAME=setting("PROGRAMME_ZONE_NAME"),
        LANGUAGES=languages,
        BABEL_DEFAULT_LOCALE=languages[0],
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / setting("TRANSLATIONS")),
        TESTING=kind == "testing",
    )
