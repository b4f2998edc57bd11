"""User-facing text in framework-free code: marked here, translated when it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from civtech.core.facts import Value


def N_(message: str) -> str:  # noqa: N802
    """Mark `message` for the catalogue without translating it yet."""
    return message


@dataclass(frozen=True)
class Text:
    """A sentence with its parameters, translated when it is shown.

    A parameter may be a `Text` itself; it is translated too.
    """

    message: str
    parameters: Mapping[str, "Value | None"] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.parameters if self.parameters else self.message
