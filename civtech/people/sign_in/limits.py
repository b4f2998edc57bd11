"""How often you can try to sign in, register or ask for an email."""

import hashlib

from flask import request, session

from civtech.web.limits import Key, View, at_most, network


def account() -> str:
    """The account being tried, without keeping the address."""
    tried = session.get("tf_user_id") or request.form.get("email", "").strip().lower() or network()
    return hashlib.sha256(str(tried).encode()).hexdigest()


def account_from_here() -> str:
    """The account being tried and the network: a stranger's attempts must not lock out its owner."""
    return f"{account()} {network()}"


ATTEMPTS: dict[str, tuple[tuple[str, Key], ...]] = {
    "login": (
        ("30/minute;300/hour", network),
        ("10/minute;100/hour", account_from_here),
        ("100/minute;1000/hour", account),
    ),
    "register": (("10/minute;60/hour", network), ("5/minute;10/hour", account)),
    "forgot_password": (
        ("10/minute;60/hour", network),
        ("3/minute;10/hour", account_from_here),
        ("20/minute;60/hour", account),
    ),
    "reset_password": (("10/minute;60/hour", network),),
    "send_confirmation": (
        ("10/minute;60/hour", network),
        ("3/minute;10/hour", account_from_here),
        ("20/minute;60/hour", account),
    ),
    "verify": (("10/minute;60/hour", network),),
    "change_password": (("10/minute;60/hour", network),),
    "two_factor_token_validation": (("30/minute;300/hour", network), ("5/minute;30/hour", account)),
    "two_factor_setup_validate": (("10/minute;60/hour", network),),
    "mf_recovery": (("30/minute;300/hour", network), ("5/minute;30/hour", account)),
}


def limited(name: str, view: View) -> View:
    """`view` with the limits that `ATTEMPTS` sets for its POSTs."""
    for often, key in ATTEMPTS.get(name, ()):
        view = at_most(often, by=key)(view)
    return view
