"""An authenticator app."""

import re
from datetime import datetime

from passlib.totp import TOTP

from civtech.core import clock
from tests.support.person import Person


def code_at(secret: str, when: datetime) -> str:
    """The six digits that the app shows at `when`."""
    return str(TOTP(secret.replace("-", "")).generate(when.timestamp()).token)


def set_up_authenticator(who: Person) -> str:
    """Set up the app, starting on the page that asks for a second factor. Returns its setup key."""
    who.follow("Set up an authenticator app")
    who.press("Set up your authenticator app")
    found = re.search(r"Setup key: ([A-Z2-7-]{20,})", who.words())
    assert found, who.words()
    who.fill("Code from your authenticator app", code_at(found.group(1), clock.now()))
    who.press("Turn on your authenticator app")
    who.press("Create recovery codes")
    who.follow("I have saved my recovery codes")
    return found.group(1)


def enter_code(who: Person, secret: str) -> None:
    """Enter the code, the second step of signing in."""
    who.fill("Code from your authenticator app", code_at(secret, clock.now()))
    who.press("Sign in")
