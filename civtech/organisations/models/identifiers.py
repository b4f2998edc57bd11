"""Registration numbers in one spelling, so that the same organisation cannot be entered twice."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import lei
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.gb import vat as gb_vat

from civtech.core.digits import in_ordinary_digits
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.models import company_numbers
from civtech.organisations.models.kinds import IdentifierScheme

LONGEST = 40
AS_WRITTEN = re.compile(rf"(?=[^0-9]*[0-9])[A-Z0-9][A-Z0-9_/.-]{{0,{LONGEST - 1}}}", re.ASCII)
"""What a number of a register without a check may look like."""


def _grouped(number: str) -> str:
    return f"{number[:4]}-{number[4:8]}-{number[8:]}" if len(number) == 12 else number


def _without_nic(number: str) -> str:
    return number.removeprefix("NIC")


def _as_the_union_writes(number: str) -> str:
    return f"EL{number[2:]}" if number.startswith("GR") else number


def _vat_is_valid(number: str) -> bool:
    """Whether a VAT number has valid check digits, by the rule of the country in its first letters."""
    try:
        if number.startswith("GB"):
            gb_vat.validate(number)
        else:
            eu_vat.validate(number)
    except ValidationError:
        return False
    return True


def _lei_is_valid(number: str) -> bool:
    """Whether an LEI has valid check digits."""
    return bool(lei.is_valid(number))


@dataclass(frozen=True)
class _Register:
    shape: re.Pattern[str]
    otherwise: str
    spelled: Callable[[str], str] = str
    is_valid: Callable[[str], bool] = bool
    mistyped: str = ""


_REGISTERS = {
    IdentifierScheme.COMPANIES_HOUSE: _Register(
        company_numbers.SHAPE,
        N_("Enter the company number as Companies House shows it. It has 8 characters, like 01234567 or SC123456."),
        company_numbers.in_full,
    ),
    IdentifierScheme.SCOTTISH_CHARITY: _Register(
        re.compile(r"SC\d{6}", re.ASCII),
        N_("Enter a Scottish charity number with SC and 6 digits, like SC012345."),
    ),
    IdentifierScheme.CHARITY_COMMISSION: _Register(
        re.compile(r"\d{6,7}", re.ASCII),
        N_("Enter a charity number for England and Wales with 6 or 7 digits, like 1234567."),
    ),
    IdentifierScheme.NORTHERN_IRISH_CHARITY: _Register(
        re.compile(r"1\d{5}", re.ASCII),
        N_("Enter a charity number for Northern Ireland with 6 digits, starting with 1, like 100019."),
        _without_nic,
    ),
    IdentifierScheme.VAT: _Register(
        re.compile(r"[A-Z]{2}[A-Z0-9+*]{2,13}", re.ASCII),
        N_(
            "Enter a VAT number that starts with the two letters of its country, like GB 980 7806 84 or DE 136 695 976."
        ),
        _as_the_union_writes,
        _vat_is_valid,
        N_(
            "Enter a valid UK or EU VAT number, like GB 980 7806 84. Check each letter and digit, and that it"
            " starts with the two letters of its country."
        ),
    ),
    IdentifierScheme.PROCUREMENT: _Register(
        re.compile(r"P[A-Z]{3}-\d{4}-[A-Z]{4}", re.ASCII),
        N_(
            "Enter a Public Procurement Organisation Number with 4 letters, 4 digits and 4 letters, like "
            "PBLN-4967-WRXM."
        ),
        _grouped,
    ),
    IdentifierScheme.LEI: _Register(
        re.compile(r"[A-Z0-9]{18}\d{2}", re.ASCII),
        N_("Enter a Legal Entity Identifier with 20 letters and digits, like 213800KUD8LAJWSQ9D15."),
        is_valid=_lei_is_valid,
        mistyped=N_("This Legal Entity Identifier is mistyped. Check each letter and digit."),
    ),
}


def spelled(scheme: IdentifierScheme, number: str) -> str:
    """The normal form of `number` in `scheme`, or `RuleViolation` that says what such a number looks like.

    Corrects spaces, hyphens, lower case and full-width digits, and adds the leading zeros of a company number. The
    scheme is never guessed from the shape: SC123456 is a Scottish company in one register and a Scottish charity in
    another. Registers without a check take what their numbers may look like; only spaces and lower case are corrected.
    """
    if not scheme.has_check:
        return _as_written(scheme, number)
    register = _REGISTERS[scheme]
    result = register.spelled(re.sub(r"[\W_]", "", _plain(number)))
    if not register.shape.fullmatch(result):
        raise RuleViolation(register.otherwise, field="identifier_number")
    if not register.is_valid(result):
        raise RuleViolation(register.mistyped, field="identifier_number")
    return result


def _as_written(scheme: IdentifierScheme, number: str) -> str:
    plain = "".join(_plain(number).split())
    if AS_WRITTEN.fullmatch(plain):
        return plain
    if scheme.example:
        like = N_("Enter the number as the register shows it, like %(example)s. Use letters A to Z and digits.")
        raise RuleViolation(like, field="identifier_number", example=scheme.example)
    raise RuleViolation(
        N_("Enter the number as the register shows it. Use letters A to Z and digits."), field="identifier_number"
    )


def checked(scheme: IdentifierScheme | None, number: str | None) -> str | None:
    """The number in its normal form. Refuses a scheme without a number, or a number without a scheme."""
    if scheme is None and number:
        raise RuleViolation(N_("Select the register this number is from."), field="identifier_scheme")
    if scheme is None:
        return None
    if not number:
        raise RuleViolation(N_("Enter the registration number, or select “No number yet”."), field="identifier_number")
    return spelled(scheme, number)


def unchecked(scheme: IdentifierScheme, number: str) -> str:
    """A number that staff have looked up, although it fails its check: only changed to upper case and single spaces.

    In a register without a check it has the same form as its owner's. A number that passes a check needs no one.
    """
    if not scheme.has_check:
        return _as_written(scheme, number)
    if passes(scheme, number):
        raise RuleViolation(
            N_("This number passes the check. An owner can enter it without you."), field="identifier_number"
        )
    plain = " ".join(_plain(number).split())
    if not re.fullmatch(rf"[A-Z0-9][A-Z0-9 /.-]{{0,{LONGEST - 1}}}", plain, re.ASCII):
        raise RuleViolation(
            N_(
                "Enter a number that only has letters A to Z, digits, spaces, hyphens, full stops and "
                "slashes. It must be 40 characters or fewer."
            ),
            field="identifier_number",
        )
    return plain


def passes(scheme: IdentifierScheme, number: str) -> bool:
    """Whether `number` passes the check of `scheme`."""
    try:
        spelled(scheme, number)
    except RuleViolation:
        return False
    return True


def _plain(number: str) -> str:
    """`number` in ASCII digits and capitals."""
    return in_ordinary_digits(number).upper()
