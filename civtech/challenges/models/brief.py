"""The text of a challenge. Each part is declared once, with its column.

The form, the check before approval, the guards, the pages, the export, the erasure and the demonstration read `PARTS`.
To add a part, declare it here and write a migration for its column.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, make_dataclass, replace

from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from civtech.challenges.models.checked_text import CheckedText
from civtech.core.blank import ERASABLE, is_blank
from civtech.core.errors import RuleViolation
from civtech.core.signs import refuse_hidden
from civtech.core.text import N_, Text
from civtech.people.models import User

LONG = 4000


@dataclass(frozen=True)
class Part:
    """One part of the text of a challenge."""

    label: str
    hint: str
    most: int
    """Its limit in characters."""
    to_save: str = ""
    """The error if it is empty when a draft is saved. Without this, a draft can be saved without it."""
    to_send: str = ""
    """Its name in “Enter … before you send this draft for approval.” Without this, it is optional."""
    rows: int = 6
    one_line: bool = False
    in_heading: bool = False
    """Whether it is shown at the top of a page and in lists, not in a section under its label."""
    is_public: bool = True
    is_fixed: bool = True
    """Whether it cannot change from sending for approval to the end."""
    writer: str = ""
    """If it can name a person: the column for its writer. We export it for the writer and erase it with them."""
    key: str = ""
    """The name of its column, taken from `Words`."""

    @property
    def name(self) -> Text:
        """The label, to show in the reader's language."""
        return Text(self.label)


def part(label: str, **said: object) -> MappedColumn[str]:
    """A column with the declaration of its part."""
    declared = Part(label, **said)  # type: ignore[arg-type]
    info = {"part": declared, **(ERASABLE if declared.writer else {})}
    return mapped_column(info=info) if declared.to_save else mapped_column(default="", info=info)


class Words(CheckedText):
    """The parts of a challenge, in the order in which people read them."""

    question: Mapped[str] = part(
        N_("Open question"),
        hint=N_("One sentence that starts with “How can we …?”. It is the headline wherever the challenge appears."),
        most=250,
        to_save=N_("Enter the question, such as “How can we make ferry queues shorter?”."),
        to_send=N_("the open question"),
        rows=3,
        one_line=True,
        in_heading=True,
    )
    summary: Mapped[str] = part(
        N_("Summary"),
        hint=N_("Two or three sentences to help people decide whether to read on."),
        most=600,
        to_save=N_("Enter a summary of two or three sentences."),
        to_send=N_("the summary"),
        rows=3,
        in_heading=True,
    )
    need: Mapped[str] = part(
        N_("The need"),
        hint=N_("Describe what happens today, who is affected and how much it matters. Say what data is available."),
        most=LONG,
        to_send=N_("the need"),
        rows=8,
    )
    outcomes: Mapped[str] = part(
        N_("What a good outcome looks like"),
        hint=N_("Describe how you would know that it works. Leave open how to achieve it."),
        most=LONG,
        to_send=N_("what a good outcome looks like"),
    )
    constraints: Mapped[str] = part(
        N_("Constraints"),
        hint=N_(
            "Laws, safety, places, dates and anything else that cannot change. Leave this empty if there are none."
        ),
        most=LONG,
    )
    adoption: Mapped[str] = part(
        N_("Route to adoption"),
        hint=N_("Who would use the solution and pay for it afterwards, and what has to happen first."),
        most=LONG,
        to_send=N_("the route to adoption"),
    )

    def write(self, brief: "Brief", by: User) -> None:
        """Replace the text, and record the writer of the parts that can name a person."""
        for each in PARTS:
            if each.to_save and is_blank(getattr(brief, each.key)):
                raise RuleViolation(each.to_save, field=each.key)
            if each.one_line:
                refuse_hidden(getattr(brief, each.key), field=each.key)
        for each in PARTS:
            text = getattr(brief, each.key)
            if each.writer and text != getattr(self, each.key):
                setattr(self, each.writer, by.id if text else None)
            setattr(self, each.key, text)
        self.check_words(self.texts())

    def texts(self) -> Iterator[tuple[str, str]]:
        """The key and the text of each part."""
        return ((each.key, getattr(self, each.key)) for each in PARTS)

    @property
    def brief(self) -> "Brief":
        """Its current text."""
        return Brief(**{each.key: getattr(self, each.key) for each in PARTS})

    def unwritten(self) -> Iterator[Part]:
        """The parts that are still empty and must be written before it can be sent for approval."""
        return (each for each in PARTS if each.to_send and is_blank(getattr(self, each.key)))

    def sections(self, *, inside: bool) -> list[tuple[Part, str]]:
        """The parts that a page shows under their labels. Those that are not public need `inside`."""
        return [
            (each, text)
            for each in PARTS
            if not each.in_heading
            and (each.is_public or inside)
            and ((text := getattr(self, each.key)) or each.to_send)
        ]


PARTS = tuple(
    replace(column.column.info["part"], key=name)
    for name, column in vars(Words).items()
    if isinstance(column, MappedColumn) and "part" in column.column.info
)
WORDS = tuple(part.key for part in PARTS)
WRITERS = tuple(part.writer for part in PARTS if part.writer)
_Fields = make_dataclass(
    "_Fields",
    [(each.key, str) if each.to_send else (each.key, str, field(default="")) for each in PARTS],
    frozen=True,
    kw_only=True,
)


class Brief(_Fields):  # type: ignore[misc, valid-type]
    """The text of a challenge as a sponsor writes it: a value for each part. Optional parts may be left out."""


def slug_of(question: str) -> str:
    """The question as part of an address: `how-can-we-design-smart-roads`."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "challenge"
