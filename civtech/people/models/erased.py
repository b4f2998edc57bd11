"""What replaces the personal data in an erased person's row."""

from sqlalchemy import ColumnElement, func, literal
from sqlalchemy.orm import InstrumentedAttribute

ERASED_NAME = "Erased person"
NO_DOMAIN = "invalid"
NOWHERE = "erased-"


def unaddressed(reference: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """SQL: an address that leads nowhere (RFC 2606 reserves `invalid`), different for each reference."""
    return literal(NOWHERE) + func.lower(reference) + literal(f"@{NO_DOMAIN}")


def leads_nowhere(address: str) -> bool:
    """Whether an address is the one that an erasure left in its place."""
    return address.startswith(NOWHERE) and address.endswith(f"@{NO_DOMAIN}")
