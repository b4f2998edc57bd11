"""All settings, read once from the environment. README.md has the same table for operators."""

import base64
import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import is_currency
from email_validator import EmailNotValidError, validate_email

ROOT = Path(__file__).parent
INSTANCE = ROOT / "instance"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class Misconfigured(RuntimeError):
    """The environment does not allow a safe start. The message says which variable to set."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: its purpose, and its value if it is not set."""

    name: str
    meaning: str
    default: str


VARIABLES = (
    Variable("CIVTECH_ENV", "`development`, `testing` or `production`", "development"),
    Variable(
        "CIVTECH_DEMO",
        "`1` shows the demonstration banner and lets anyone sign in without a password; refused in production",
        "0",
    ),
    Variable(
        "CIVTECH_DEMO_OPEN_TO_ALL",
        "danger: `1` lets other machines reach a demonstration, so that anyone there can sign in as anyone",
        "0: only this machine can reach a demonstration",
    ),
    Variable("DATABASE_URL", "SQLite or PostgreSQL", "sqlite:///instance/civtech.db"),
    Variable(
        "STORAGE_URL",
        "where files will go, `file://` or `s3://`; not used yet, because files cannot be attached",
        "file://instance/files",
    ),
    Variable("QUEUE_URL", "background jobs: `sqlite:///…` or `postgresql://…`", "sqlite:///instance/queue.db"),
    Variable(
        "MAIL_URL",
        "`file://folder` writes .eml files; `smtp://user:password@host:port` or `smtps://` sends",
        "file://instance/mail",
    ),
    Variable("MAIL_SENDER", "the address emails come from", "no-reply@civtech.example"),
    Variable("PROGRAMME_CONTACT", "the address people email for help, shown on the pages", "help@civtech.example"),
    Variable(
        "SECURITY_CONTACT",
        "`mailto:` or `https:` address for reports of security faults, shown in /.well-known/security.txt",
        "mailto:security@civtech.example",
    ),
    Variable(
        "RETENTION_YEARS",
        "how many years to keep personal data, by category; shown in the privacy notice",
        "account=1, unsuccessful=1, funded=6, official=6, traces=1",
    ),
    Variable(
        "SECRET_KEY",
        "signs sessions and tokens; required in production, at least 32 random bytes",
        "created once and kept in instance/",
    ),
    Variable(
        "PASSWORD_SALT",
        "peppers passwords; required in production, at least 32 random bytes",
        "created once and kept in instance/",
    ),
    Variable(
        "TOTP_SECRET",
        "encrypts authenticator secrets at rest; required in production, at least 32 random bytes",
        "created once and kept in instance/",
    ),
    Variable(
        "AUDIT_SIGNING_KEY",
        "signs the end of the audit log every day; `flask audit new-key` makes one",
        "none: nothing is signed, and staff see a warning; in development, created once and kept in instance/",
    ),
    Variable("AUDIT_WITNESS_FILE", "a file to which the worker appends each signed checkpoint", "none"),
    Variable("SERVER_NAME", "host name for links in emails; required in production", "localhost:8000"),
    Variable("HTTPS", "`1` when served over HTTPS: secure cookies and HSTS", "1 in production"),
    Variable("TRUSTED_PROXIES", "how many trusted proxies in front of the platform set X-Forwarded-*", "0"),
    Variable(
        "REQUEST_START_HEADER",
        "the header in which the proxy says when a request arrived, `X-Request-Start`; "
        "the proxy must overwrite what clients send",
        "none: the server's own time counts",
    ),
    Variable("LIMITS_URL", "where request limits are counted: `memory://`, in each process", "memory://"),
    Variable(
        "KEPT_PAGES",
        "how many pages each process keeps ready for visitors; `0` builds every page again",
        "500",
    ),
    Variable("KEPT_MEGABYTES", "how much memory these pages may take in each process", "32"),
    Variable("LOG_LEVEL", "`debug`, `info`, `warning` or `error`", "info"),
    Variable("PROGRAMME_NAME", "the name on every page", "CivTech"),
    Variable("PROGRAMME_CURRENCY", "ISO 4217 code; it cannot change once there is a round", "GBP"),
    Variable(
        "PAYER_MUST_DIFFER",
        "`1`: the person who approved a release cannot mark it as paid; `0` allows it. Counts for rounds created "
        "from then on",
        "1",
    ),
    Variable("PROGRAMME_TIMEZONE", "IANA zone in which times are shown", "Europe/London"),
    Variable("PROGRAMME_ZONE_NAME", "what people call that zone", "UK time"),
    Variable("LANGUAGES", "languages offered, comma-separated; the first is the default", "en_GB"),
    Variable("TRANSLATIONS", "folder with the compiled catalogues", "civtech/translations"),
    Variable("HOST", "address `make run` listens on", "127.0.0.1"),
    Variable("PORT", "port `make run` listens on", "8000"),
    Variable(
        "SIGN_IN_PROVIDERS",
        "names of OpenID Connect providers to sign in with, like `staff,one-login`; each needs the variables below, "
        "with its name for NAME (`OIDC_ONE_LOGIN_TITLE`)",
        "none",
    ),
    Variable("OIDC_NAME_TITLE", "what people call it: “Sign in with …”", "required"),
    Variable("OIDC_NAME_ISSUER", "its issuer, an `https:` address that answers OpenID Connect Discovery", "required"),
    Variable("OIDC_NAME_CLIENT_ID", "what it calls this platform", "required"),
    Variable(
        "OIDC_NAME_CLIENT_SECRET", "the secret that proves to it that the request comes from this platform", "required"
    ),
    Variable(
        "OIDC_NAME_DOMAINS",
        "email domains, comma-separated, for which it can create accounts here",
        "none: it cannot create accounts",
    ),
    Variable(
        "OIDC_NAME_TRUSTED_SECOND_FACTOR",
        "values of its `amr` or `acr`, comma-separated, that count as a second factor as good as ours",
        "none: anyone with a second factor here must use it",
    ),
)
PROVIDER_NAME = re.compile(r"[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,3}")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECRETS = ("SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRET")
SHORTEST_SECRET = 32  # bytes
FEWEST_SIGNS = 16  # different characters in a secret; a random secret has more
HOW_TO_MAKE_A_SECRET = 'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'  # noqa: S105


@dataclass(frozen=True)
class SignInProvider:
    """An OpenID Connect provider that people can sign in with, as the operator configured it."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domains: frozenset[str] = frozenset()
    second_factor: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Settings:
    """The settings of one process, under the names that Flask and its extensions expect."""

    CIVTECH_ENV: str
    CIVTECH_DEMO: bool
    CIVTECH_DEMO_OPEN_TO_ALL: bool
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
    AUDIT_SIGNING_KEY: str
    AUDIT_WITNESS_FILE: str
    PUBLIC_ADDRESS: str
    HTTPS: bool
    TRUSTED_PROXIES: int
    REQUEST_START_HEADER: str
    RATELIMIT_STORAGE_URI: str
    KEPT_PAGES: int
    KEPT_MEGABYTES: int
    LOG_LEVEL: str
    PROGRAMME_NAME: str
    PROGRAMME_CURRENCY: str
    PAYER_MUST_DIFFER: bool
    PROGRAMME_TIMEZONE: str
    PROGRAMME_ZONE_NAME: str
    LANGUAGES: tuple[str, ...]
    BABEL_DEFAULT_LOCALE: str
    BABEL_TRANSLATION_DIRECTORIES: str
    SIGN_IN_PROVIDERS: tuple[SignInProvider, ...]
    TESTING: bool
    MAX_CONTENT_LENGTH: int = 2 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 1024 * 1024
    MAX_FORM_PARTS: int = 200  # unless a view sets its own limit: see civtech/web/sizes.py
    WTF_CSRF_TIME_LIMIT: int | None = None
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    PERMANENT_SESSION_LIFETIME: timedelta = timedelta(hours=12)

    def mapping(self) -> dict[str, Any]:
        """For `app.config.from_mapping`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        prefix = "__Host-" if self.HTTPS else ""
        return values | {"SESSION_COOKIE_SECURE": self.HTTPS, "SESSION_COOKIE_NAME": f"{prefix}civtech"}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`, a name or an address with or without a port."""
    try:
        name = host if ":" in host.partition(":")[2] and "[" not in host else urlsplit(f"//{host}").hostname or ""
        if name.rstrip(".") == "localhost" or name.rstrip(".").endswith(".localhost"):
            return True
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def named(host: str, port: int | str) -> str:
    """`host` and `port` as browsers should open them: this machine by its name, because passkeys need one."""
    if is_loopback(host) or host in {"0.0.0.0", "::"}:  # noqa: S104  # nosec B104
        host = "localhost"
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def demonstration(given: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether this is a demonstration, and whether other machines may reach it. Raises `Misconfigured` if unsafe."""
    demo, open_to_all = (given.get(name, "0").lower() in TRUE for name in ("CIVTECH_DEMO", "CIVTECH_DEMO_OPEN_TO_ALL"))
    if demo and given.get("CIVTECH_ENV") == "production":
        raise Misconfigured("CIVTECH_DEMO lets anyone sign in as anyone: production refuses to start with it.")
    for name in ("HOST", "SERVER_NAME"):
        said = given.get(name)
        if demo and not open_to_all and said and not is_loopback(said):
            raise Misconfigured(
                f"CIVTECH_DEMO lets anyone sign in as anyone, and {name} is {said}: other machines could reach it. "
                "Use 127.0.0.1, or set CIVTECH_DEMO_OPEN_TO_ALL=1 if they should."
            )
    return demo, open_to_all


def _check_secrets(given: Mapping[str, str]) -> None:
    """Refuse secrets that are easy to guess or used for two purposes."""
    for name in SECRETS:
        if len(given[name].encode(errors="surrogateescape")) < SHORTEST_SECRET:
            raise Misconfigured(f"{name} must have at least {SHORTEST_SECRET} bytes. {HOW_TO_MAKE_A_SECRET}")
        if len(set(given[name])) < FEWEST_SIGNS:
            raise Misconfigured(
                f"{name} must have at least {FEWEST_SIGNS} different characters. {HOW_TO_MAKE_A_SECRET}"
            )
    if len({given[name] for name in SECRETS}) < len(SECRETS):
        raise Misconfigured(f"{', '.join(SECRETS)} must all be different. {HOW_TO_MAKE_A_SECRET}")


def _kept_secret(name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """A secret for development, created once. Only its owner can read it."""
    place = INSTANCE / f"{name.lower()}.secret"
    try:
        return place.read_text().strip()
    except FileNotFoundError:
        INSTANCE.mkdir(exist_ok=True)
        made = make()
        try:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return place.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(made)
        return made


def _kept_signing_key() -> str:
    """A signing key for development, created once."""
    return _kept_secret("AUDIT_SIGNING_KEY", lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def _openable(address: str) -> str:
    """Return `address` if security.txt may contain it (RFC 9116, section 2.5.3)."""
    if not address.startswith(("mailto:", "https://")) or any(sign.isspace() for sign in address):
        raise Misconfigured("SECURITY_CONTACT must start with mailto: or https:// and contain no spaces.")
    return address


def _years(said: str) -> dict[str, int]:
    """The years for each category named in `funded=5, account=2`. Other categories keep their defaults."""
    known = {"account", "unsuccessful", "funded", "official", "traces"}
    found = {}
    for part in filter(None, map(str.strip, said.split(","))):
        name, _equals, years = part.partition("=")
        if name not in known or not (years.isascii() and years.isdigit()) or not 1 <= int(years) <= 100:
            raise Misconfigured(f"RETENTION_YEARS takes {', '.join(sorted(known))}, each with 1 to 100 years.")
        found[name] = int(years)
    return found


def _whole_number(variable: str, number: str) -> int:
    """Return the number if it can be a limit."""
    if not (number.isascii() and number.isdigit()):
        raise Misconfigured(f"{variable} must be a whole number, 0 or more.")
    return int(number)


def _currency(code: str) -> str:
    """`code`, if it is a currency."""
    if not is_currency(code):
        raise Misconfigured(f"PROGRAMME_CURRENCY is {code!r}; it must be an ISO 4217 code, like GBP or EUR.")
    return code


def _yes_or_no(variable: str, said: str) -> bool:
    """Whether a rule applies. Anything but a clear answer is refused: a rule must not end by a slip."""
    if said.lower() not in TRUE | FALSE:
        raise Misconfigured(f"{variable} is {said!r}; it must be 1 or 0.")
    return said.lower() in TRUE


def _parts(listed: str) -> tuple[str, ...]:
    """The parts of a comma-separated list."""
    return tuple(part.strip() for part in listed.split(",") if part.strip())


def _header(variable: str, name: str) -> str:
    """Return `name` if it is a valid header name that every server passes on."""
    if name and not re.fullmatch(r"[A-Za-z0-9-]{1,64}", name):
        raise Misconfigured(f"{variable} must be the name of a header, like X-Request-Start.")
    return name


def _issuer(variable: str, address: str, *, production: bool) -> str:
    """Return `address` if it can be an issuer (OpenID Connect Discovery 1.0, section 3). HTTP only on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Misconfigured(f"{variable} must be an address.") from error
    here = parts.scheme == "http" and parts.hostname in LOOPBACK and not production
    bare = not (parts.query or parts.fragment or parts.username) and not any(sign.isspace() for sign in address)
    if not (parts.scheme == "https" or here) or not parts.hostname or not bare:
        raise Misconfigured(f"{variable} must be an https:// address without a query.")
    return address


def _domain(variable: str, domain: str) -> str:
    """Return the domain as we write it in email addresses."""
    try:
        return validate_email(f"name@{domain}", check_deliverability=False).domain.lower()
    except EmailNotValidError as error:
        raise Misconfigured(f"{variable} must list domains like example.org, not {domain!r}.") from error


def _providers(given: Mapping[str, str], *, production: bool) -> Iterator[SignInProvider]:
    """The providers in SIGN_IN_PROVIDERS, with all their settings."""
    names = _parts(given.get("SIGN_IN_PROVIDERS", ""))
    if len(set(names)) != len(names) or not all(PROVIDER_NAME.fullmatch(name) for name in names):
        raise Misconfigured("SIGN_IN_PROVIDERS must be different names of a-z, 0-9 and hyphens, like staff,one-login.")
    issuers: set[str] = set()
    for name in names:
        prefix = f"OIDC_{name.upper().replace('-', '_')}_"
        said = {key: given.get(prefix + key, "").strip() for key in ("TITLE", "ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
        for key, value in said.items():
            if not value:
                raise Misconfigured(f"Set {prefix}{key}: SIGN_IN_PROVIDERS names {name}.")
        issuer = _issuer(f"{prefix}ISSUER", said["ISSUER"], production=production)
        if issuer in issuers:
            raise Misconfigured(f"{prefix}ISSUER is also the issuer of another provider. Each provider needs its own.")
        issuers.add(issuer)
        yield SignInProvider(
            name=name,
            title=said["TITLE"],
            issuer=issuer,
            client_id=said["CLIENT_ID"],
            client_secret=said["CLIENT_SECRET"],
            domains=frozenset(
                _domain(f"{prefix}DOMAINS", domain) for domain in _parts(given.get(f"{prefix}DOMAINS", ""))
            ),
            second_factor=frozenset(_parts(given.get(f"{prefix}TRUSTED_SECOND_FACTOR", ""))),
        )


def _database(url: str) -> str:
    """The URL for SQLAlchemy: psycopg 3 for PostgreSQL; relative SQLite paths start at the project's root."""
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
    demo, open_to_all = demonstration(given)

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
        _check_secrets({name: secret(name) for name in SECRETS})

    database = _database(setting("DATABASE_URL"))
    languages = _parts(setting("LANGUAGES"))
    return Settings(
        CIVTECH_ENV=kind,
        CIVTECH_DEMO=demo,
        CIVTECH_DEMO_OPEN_TO_ALL=open_to_all,
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
        AUDIT_SIGNING_KEY=given.get("AUDIT_SIGNING_KEY") or (_kept_signing_key() if kind == "development" else ""),
        AUDIT_WITNESS_FILE=given.get("AUDIT_WITNESS_FILE", ""),
        PUBLIC_ADDRESS=given.get("SERVER_NAME") or named(setting("HOST"), setting("PORT")),
        HTTPS=given.get("HTTPS", "1" if production else "0").lower() in TRUE,
        TRUSTED_PROXIES=int(setting("TRUSTED_PROXIES")),
        REQUEST_START_HEADER=_header("REQUEST_START_HEADER", given.get("REQUEST_START_HEADER", "")),
        RATELIMIT_STORAGE_URI=setting("LIMITS_URL"),
        KEPT_PAGES=_whole_number("KEPT_PAGES", setting("KEPT_PAGES")),
        KEPT_MEGABYTES=_whole_number("KEPT_MEGABYTES", setting("KEPT_MEGABYTES")),
        LOG_LEVEL=setting("LOG_LEVEL"),
        PROGRAMME_NAME=setting("PROGRAMME_NAME"),
        PROGRAMME_CURRENCY=_currency(setting("PROGRAMME_CURRENCY")),
        PAYER_MUST_DIFFER=_yes_or_no("PAYER_MUST_DIFFER", setting("PAYER_MUST_DIFFER")),
        PROGRAMME_TIMEZONE=setting("PROGRAMME_TIMEZONE"),
        PROGRAMME_ZONE_NAME=setting("PROGRAMME_ZONE_NAME"),
        LANGUAGES=languages,
        BABEL_DEFAULT_LOCALE=languages[0],
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / setting("TRANSLATIONS")),
        SIGN_IN_PROVIDERS=tuple(_providers(given, production=production)),
        TESTING=kind == "testing",
    )
