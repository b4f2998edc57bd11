"""Numbers of registers: one spelling for each, so that the same organisation cannot be entered twice."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from civtech.accounts.models.kinds import IdentifierScheme
from civtech.core.errors import RuleViolation
from civtech.core.text import N_


def _padded(number: str) -> str:
    letters = number[: len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
    digits = number[len(letters) :]
    return letters + digits.zfill(8 - len(letters)) if digits.isdigit() else number


def _grouped(number: str) -> str:
    return f"{number[:4]}-{number[4:8]}-{number[8:]}" if len(number) == 12 else number


@dataclass(frozen=True)
class _Register:
    shape: re.Pattern[str]
    otherwise: str
    spelled: Callable[[str], str] = str


_REGISTERS = {
    IdentifierScheme.COMPANIES_HOUSE: _Register(
        re.compile(r"(\d{8}|[A-Z]{2}\d{6}|R\d{7})", re.ASCII),
        N_("A company number has 8 digits, or 2 letters and 6 digits, like 01234567 or SC123456."),
        _padded,
    ),
    IdentifierScheme.SCOTTISH_CHARITY: _Register(
        re.compile(r"SC\d{6}", re.ASCII),
        N_("A Scottish charity number is SC and 6 digits, like SC012345."),
        _padded,
    ),
    IdentifierScheme.CHARITY_COMMISSION: _Register(
        re.compile(r"\d{6,7}", re.ASCII), N_("A charity number of England and Wales has 6 or 7 digits, like 1234567.")
    ),
    IdentifierScheme.PROCUREMENT: _Register(
        re.compile(r"P[A-Z]{3}-\d{4}-[A-Z]{4}", re.ASCII),
        N_("A procurement organisation number looks like PBLN-4967-WRXM: 4 letters, 4 digits, 4 letters."),
        _grouped,
    ),
}


def spelled(scheme: IdentifierScheme, number: str) -> str:
    """The one spelling of `number` in `scheme`, or `RuleViolation` with what such a number looks like.

    Spaces, hyphens, lower case, full-width digits and missing leading zeros are put right.
    """
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", number)).upper()
    register = _REGISTERS[scheme]
    result = register.spelled(plain)
    if not register.shape.fullmatch(result):
        raise RuleViolation(register.otherwise, field="identifier_number")
    return result


def checked(scheme: IdentifierScheme | None, number: str | None) -> str | None:
    """The number as it is stored; a scheme without a number, or the other way round, is refused."""
    if scheme is None and number:
        raise RuleViolation(N_("Say which register this number is from."), field="identifier_scheme")
    if scheme is None:
        return None
    if not number:
        raise RuleViolation(N_("Enter the number, or choose that you have none yet."), field="identifier_number")
    return spelled(scheme, number)
