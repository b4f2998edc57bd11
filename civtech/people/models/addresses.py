"""Email addresses in one spelling, so that an invitation matches the person it is for."""

from email_validator import EmailNotValidError, validate_email

from civtech.core.errors import RuleViolation
from civtech.core.text import N_


def spelled(address: str) -> str:
    """The normal form of `address`, or `RuleViolation`. Does not check whether anyone can receive its email.

    Letters before the @ must be ASCII, because few servers deliver to any others.
    """
    try:
        return validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError as error:
        raise RuleViolation(
            N_("Enter an email address in the correct format, like name@example.org."), field="email"
        ) from error


BEFORE_THE_AT = "abcdefghijklmnopqrstuvwxyz0123456789.!#&*+-/=^_~''"


def domain_in_sql(column: str) -> str:
    """SQL: the part of a saved address from its @ on. Written so that both databases can use the index on it.

    It cuts off the signs that addresses have before the @. An address with a rarer sign matches no other.
    """
    return f"ltrim({column}, '{BEFORE_THE_AT}')"
