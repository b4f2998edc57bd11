"""States with their display: the database value, the label and the colour of its tag, declared once."""

from enum import Enum
from typing import TYPE_CHECKING

from civtech.core.text import Text


class Kind(Enum):
    """A closed set of values. Code compares members with `is`; templates ask: `{% if challenge.state.is_cancelled %}`.

    Asking about a member that is not declared is an error, so a template cannot test for a state that does not exist.
    """

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> bool:
            asked = type(self).__members__.get(name.removeprefix("is_").upper()) if name.startswith("is_") else None
            if asked is None:
                raise AttributeError(f"{type(self).__name__} has no {name!r}.")
            return self is asked


class State(Kind):
    """Members look like `SUBMITTED = "submitted", "Submitted", "blue"`; only the first part goes in the database."""

    label: Text
    colour: str

    def __new__(cls, value: str, label: str = "", colour: str = "grey") -> "State":
        member = object.__new__(cls)
        member._value_ = value
        member.label = Text(label)
        member.colour = colour
        return member

    def __str__(self) -> str:
        return str(self.value)
