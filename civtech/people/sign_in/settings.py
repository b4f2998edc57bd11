"""Flask-Security's settings, where they differ from its defaults."""

from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask

from civtech.core import clock
from civtech.people.sign_in import passwords

ADDRESSES = {
    "CHANGE_URL": "/account/password",
    "CONFIRM_URL": "/confirmation",
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
    "REGISTER_URL": "/sign-up",
    "RESET_URL": "/new-password",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/without-code",
    "TWO_FACTOR_SELECT_URL": "/sign-in/second-factor",
    "TWO_FACTOR_SETUP_URL": "/account/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "VERIFY_URL": "/account/verification",
}

# OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane. Tests need no strength.
STRONG = {"argon2__type": "ID", "argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1}
QUICK = {"argon2__type": "ID", "argon2__memory_cost": 64, "argon2__time_cost": 1, "argon2__parallelism": 1}


def settings(app: Flask) -> dict[str, object]:
    """This application's settings, without their prefix."""
    recovery_key = HKDF(SHA256(), 32, None, b"recovery codes").derive(app.config["TOTP_SECRET"].encode())
    return ADDRESSES | {
        "API_ENABLED_METHODS": ["session"],
        "CACHE_CONTROL": {},
        "CHANGEABLE": True,
        "CLI_ROLES_NAME": None,
        "CLI_USERS_NAME": None,
        "CONFIRMABLE": True,
        "DATETIME_FACTORY": clock.now,
        "EMAIL_HTML": False,
        "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
        "FRESHNESS": timedelta(minutes=30),
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=15),
        "HASHING_SCHEMES": ["hex_sha256"],
        "I18N_DOMAIN": "messages",
        "I18N_DIRNAME": [app.config["BABEL_TRANSLATION_DIRECTORIES"]],
        "JOIN_USER_ROLES": False,
        "LOGOUT_METHODS": ["POST"],
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [urlsafe_b64encode(recovery_key)],
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "PASSWORD_CONFIRM_REQUIRED": False,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_HASH_PASSLIB_OPTIONS": QUICK if app.testing else STRONG,
        "PASSWORD_LENGTH_MIN": passwords.SHORTEST,
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        "PASSWORD_SCHEMES": ["argon2"],
        "POST_CHANGE_VIEW": "people.account",
        "POST_LOGIN_VIEW": "people.home",
        "POST_REGISTER_VIEW": "people.check_mail",
        "POST_VERIFY_VIEW": "people.account",
        "RECOVERABLE": True,
        "REGISTERABLE": True,
        "RETURN_GENERIC_RESPONSES": True,
        "STATIC_FOLDER": None,
        "TOTP_ISSUER": app.config["PROGRAMME_NAME"],
        "TOTP_SECRETS": {"1": app.config["TOTP_SECRET"]},
        "TWO_FACTOR": True,
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_POST_SETUP_VIEW": "people.account",
        "TWO_FACTOR_RESCUE_EMAIL": False,
    }
