"""States with a face: the value stored, the word shown and the colour of its tag, said once."""

from enum import Enum

from civtech.core.text import Text


class State(Enum):
    """Members read `SUBMITTED = "submitted", "Submitted", "blue"`; only the first part is stored."""

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
