"""Which passwords are good enough: long, with any characters, and not one that everyone tries first."""

import unicodedata
from pathlib import Path
from typing import Any

from flask_security import PasswordUtil

from civtech.web.translation import gettext

SHORTEST = 12
LONGEST = 128
FEWEST_DIFFERENT = 5
COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())


class Passwords(PasswordUtil):
    """12 to 128 characters as people count them, compared in one Unicode form (NIST SP 800-63B, 3.1.1.2)."""

    def validate(self, password: str, is_register: bool, **about: Any) -> tuple[list[str] | None, str]:
        """The problems with a new password, if any, and its normal form."""
        own_words = {str(value).casefold() for name, value in about.items() if name in {"name", "email"}}
        if not is_register and (person := about.get("user")):
            own_words = {person.name.casefold(), person.email.casefold()}
        return _problems(unicodedata.normalize("NFC", password), own_words), self.normalize(password)


def _problems(password: str, own_words: set[str]) -> list[str] | None:
    if not SHORTEST <= len(password) <= LONGEST:
        return [
            gettext(
                "Your password must have between %(least)s and %(most)s characters. Three or four words work well.",
                least=SHORTEST,
                most=LONGEST,
            )
        ]
    plain = password.casefold()
    if plain in COMMON or len(set(plain)) < FEWEST_DIFFERENT:
        return [gettext("This password is too easy to guess. Choose a different one.")]
    if plain in own_words:
        return [gettext("Your password cannot be your name or your email address. Choose a different one.")]
    return None
