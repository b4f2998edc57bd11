"""What replaces the personal data in an erased person's row."""

from sqlalchemy import ColumnElement, func, literal
from sqlalchemy.orm import InstrumentedAttribute

ERASED_NAME = "Erased person"
NO_DOMAIN = "invalid"


def unaddressed(reference: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """SQL: an address that leads nowhere (RFC 2606 reserves `invalid`), different for each reference."""
    return literal("erased-") + func.lower(reference) + literal("@invalid")
