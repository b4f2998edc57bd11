"""The parts of a proposal: those that every proposal has, then the sections of its pathway.

The parts that every proposal has are declared here, each with its column in the working copy. The form, the limits,
the check before submitting, the submission, its pages and the export follow. To add a part, declare it here and write
a migration for its column. Earlier submissions keep the parts that they had when we received them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from sqlalchemy.orm import Mapped, MappedColumn, mapped_column

from civtech.core.blank import is_blank
from civtech.core.state import State
from civtech.core.text import N_, Text
from civtech.programmes.models.pathway import SectionTemplate

if TYPE_CHECKING:
    from civtech.proposals.models.section import Section

DRAFT = "draft_"


@dataclass(frozen=True)
class Part:
    """One part of a proposal, with its limit in words or in characters."""

    label: str
    hint: str
    words: int = 0
    characters: int = 0
    required: bool = True
    """Whether a proposal cannot be submitted without it."""
    to_save: str = ""
    """The error if it is empty when it is saved. Without this, it can be saved empty."""
    one_line: bool = False
    key: str = ""

    @property
    def name(self) -> Text:
        """The label, to show in the reader's language."""
        return Text(self.label)

    @classmethod
    def of(cls, template: SectionTemplate) -> "Part":
        """The part that a section of a pathway asks for."""
        return cls(
            template.title, template.guidance, words=template.words, required=template.required, key=template.key
        )


@dataclass(frozen=True)
class Written:
    """The text of one part, under the label it had at the time."""

    key: str
    label: str
    body: str

    @property
    def name(self) -> Text:
        """The label, to show in the reader's language."""
        return Text(self.label)


class StepState(State):
    """How far a team has got with one step of writing."""

    EMPTY = "empty", N_("Not written yet"), "grey"
    OPTIONAL = "optional", N_("Optional"), "grey"
    WRITTEN = "written", N_("Written"), "green"


@dataclass(frozen=True)
class Step:
    """What a team writes on one page: the parts that every proposal has, or one section."""

    title: str
    parts: tuple[tuple[Part, str], ...]
    section: "Section | None" = None

    @property
    def name(self) -> Text:
        """The title, to show in the reader's language."""
        return Text(self.title)

    @property
    def state(self) -> StepState:
        if any(part.required and is_blank(text) for part, text in self.parts):
            return StepState.EMPTY
        return StepState.WRITTEN if any(not is_blank(text) for _part, text in self.parts) else StepState.OPTIONAL

    @property
    def written(self) -> list[Written]:
        return [Written(part.key, part.label, text) for part, text in self.parts]

    @property
    def is_written(self) -> bool:
        return self.state is StepState.WRITTEN

    @property
    def is_missing(self) -> bool:
        """Whether it must still be written before the proposal can be submitted."""
        return self.state is StepState.EMPTY


class Said(TypedDict, total=False):
    """What `part` takes for a `Part` by name."""

    words: int
    characters: int
    required: bool
    to_save: str
    one_line: bool


def part(label: str, hint: str, **rest: Unpack[Said]) -> MappedColumn[str]:
    """A column of the working copy with the declaration of its part."""
    declared = Part(label, hint, **rest)
    info = {"part": declared}
    return mapped_column(info=info) if declared.to_save else mapped_column(default="", info=info)


class Words:
    """The working copy of the parts that every proposal has, in the order in which people read them."""

    draft_title: Mapped[str] = part(
        N_("Title"),
        N_("A few words that describe your proposal. You can change them later."),
        characters=120,
        to_save=N_("Enter a title for your proposal."),
        one_line=True,
    )
    draft_summary: Mapped[str] = part(
        N_("Summary"),
        N_(
            "Say in a sentence or two what it is and what it changes. If your proposal is funded, everyone "
            "can read this."
        ),
        words=80,
    )


HEAD = tuple(
    replace(column.column.info["part"], key=name.removeprefix(DRAFT))
    for name, column in vars(Words).items()
    if isinstance(column, MappedColumn)
)


def head_of(proposal: Words) -> Iterator[tuple[Part, str]]:
    """The parts that every proposal has, with their text in the working copy."""
    return ((part, getattr(proposal, DRAFT + part.key)) for part in HEAD)
