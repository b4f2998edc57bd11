"""E-mail addresses: one spelling for each, so that a person and an invitation to them meet."""

from email_validator import EmailNotValidError, validate_email

from civtech.core.errors import RuleViolation
from civtech.core.text import N_


def spelled(address: str) -> str:
    """The one spelling of `address`, or `RuleViolation`; whether anybody reads it is not asked."""
    try:
        return validate_email(address.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise RuleViolation(
            N_("Enter an email address in the correct format, like name@example.org."), field="email"
        ) from error
