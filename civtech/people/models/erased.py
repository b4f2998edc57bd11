"""What stands in a person's row once nobody is to know who it was."""

from typing import Any

from sqlalchemy import func, literal

ERASED_NAME = "Erased person"
NO_DOMAIN = "invalid"


def unaddressed(reference: Any) -> Any:
    """SQL: an address that leads nowhere (RFC 2606 reserves `invalid`), one for each reference."""
    return literal("erased-") + func.lower(reference) + literal("@invalid")
