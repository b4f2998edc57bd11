"""What replaces the personal data in an erased person's row."""

from typing import Any

from sqlalchemy import func, literal

ERASED_NAME = "Erased person"
NO_DOMAIN = "invalid"


def unaddressed(reference: Any) -> Any:
    """SQL: an address that leads nowhere (RFC 2606 reserves `invalid`), different for each reference."""
    return literal("erased-") + func.lower(reference) + literal("@invalid")
