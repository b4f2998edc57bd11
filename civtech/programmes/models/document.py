"""What a pathway document may contain. Each problem gives its place, such as `stages[2].criteria[0].weight`."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from civtech.core.blank import is_blank
from civtech.programmes.models.criterion import HIGHEST_POINTS
from civtech.programmes.models.stage import WHOLE, StageKind, VatBasis

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
LONGEST_KEY = 40
MOST_STAGES, MOST_CRITERIA, MOST_SECTIONS = 20, 10, 30
MOST_SHOWN = 40  # maximum characters of a wrong value that a problem quotes
LARGEST_SHOWN = 10**15
MOST_UNKNOWN = 20  # maximum unknown names in one table that we list one by one


@dataclass(frozen=True)
class Problem:
    """What is wrong in a document, and where."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class BadPathway(ValueError):
    """A document that no round could follow, with everything that is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


class Kind(Protocol):
    """What a value may be."""

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        """Yield what is wrong with `value`, found at `where`."""


def _shown(value: object) -> str:
    """`value` as it appears in the file, shortened."""
    if isinstance(value, Mapping | list):
        return "a list" if isinstance(value, list) else "a table"
    if isinstance(value, int) and abs(value) >= LARGEST_SHOWN:
        return "a number as large as this"
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


@dataclass(frozen=True)
class Words:
    """Text for people, of at most `most` characters, on one line unless `lines`."""

    most: int
    lines: bool = False

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(where, f"must be text in quotation marks, not {_shown(value)}.")
        elif is_blank(value):
            yield Problem(where, "is empty. Write something.")
        elif len(value) > self.most:
            yield Problem(where, f"can have at most {self.most} characters. It has {len(value)}.")
        elif any(
            unicodedata.category(sign) in {"Cc", "Cs"} for sign in (value.replace("\n", "") if self.lines else value)
        ):
            yield Problem(where, f"holds a control character: {_shown(value)}.")


@dataclass(frozen=True)
class Key:
    """A short name for use in addresses."""

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, str) or not KEY.fullmatch(value) or len(value) > LONGEST_KEY:
            yield Problem(
                where,
                f"must be at most {LONGEST_KEY} letters a to z, digits and single hyphens, like "
                f'"solution-design", not {_shown(value)}.',
            )


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            yield Problem(where, f"must be a whole number from {self.least} to {self.most}, not {_shown(value)}.")


@dataclass(frozen=True)
class YesOrNo:
    """True or false."""

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(where, f"must be true or false, not {_shown(value)}.")


@dataclass(frozen=True)
class OneOf:
    """One of a few fixed values."""

    words: tuple[str, ...]

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if value not in self.words:
            yield Problem(
                where, f"must be one of {_listed(self.words)}, not {_shown(value)}.{_meant(value, self.words)}"
            )


@dataclass(frozen=True)
class Table:
    """Named values: all of `required`, any of `optional`, and no others."""

    required: Mapping[str, Kind]
    optional: Mapping[str, Kind] = field(default_factory=dict)

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(where, f"must hold {_listed(tuple(self.required))}, not {_shown(value)}.")
            return
        kinds = {**self.required, **self.optional}
        unknown = [name for name in value if name not in kinds]
        for name in unknown[:MOST_UNKNOWN]:
            yield Problem(_at(where, name), f"is not known here.{_meant(name, tuple(kinds)) or _use(tuple(kinds))}")
        if len(unknown) > MOST_UNKNOWN:
            yield Problem(where, f"has {len(unknown) - MOST_UNKNOWN} more names that are not known here.")
        for name, kind in kinds.items():
            if name in value:
                yield from kind.problems(value[name], _at(where, name))
            elif name in self.required:
                yield Problem(_at(where, name), "is missing.")


@dataclass(frozen=True)
class Rows:
    """From `least` to `most` tables. No two have the same value under a name in `unique`, ignoring case."""

    row: Table
    least: int
    most: int
    unique: tuple[str, ...]

    def problems(self, value: object, where: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(where, f"must be a list, not {_shown(value)}.")
            return
        if not self.least <= len(value) <= self.most:
            yield Problem(where, f"must have from {self.least} to {self.most} entries. It has {len(value)}.")
        for number, row in enumerate(value[: self.most]):
            yield from self.row.problems(row, f"{where}[{number}]")
        for name in self.unique:
            yield from self._repeated(value[: self.most], name, where)

    def _repeated(self, rows: Sequence[object], name: str, where: str) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for number, row in enumerate(rows):
            text = row.get(name) if isinstance(row, Mapping) else None
            if isinstance(text, str) and not is_blank(text):
                first = seen.setdefault(" ".join(text.casefold().split()), number)
                if first != number:
                    yield Problem(f"{where}[{number}].{name}", f"is the same as in {where}[{first}]: {_shown(text)}.")


def _at(where: str, name: str) -> str:
    shown = name if re.fullmatch(r"[\w-]{1,60}", name) else _shown(name)
    return f"{where}.{shown}" if where else shown


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def _use(names: Sequence[str]) -> str:
    return f" Use {_listed(names)}."


def _meant(name: object, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name[:100].lower(), names, n=1) if isinstance(name, str) else []
    return f" Did you mean {near[0]}?" if near else ""


WEIGHT = Whole(1, WHOLE)
CRITERION = Table(
    {"name": Words(100), "description": Words(400, lines=True), "weight": WEIGHT},
    {"threshold": Whole(0, HIGHEST_POINTS)},
)
STAGE = Table(
    {
        "key": Key(),
        "name": Words(100),
        "kind": OneOf(tuple(kind.value for kind in StageKind)),
        "purpose": Words(1000, lines=True),
    },
    {
        "teams": Whole(1, 1000),
        "amount": Whole(1, 1_000_000_000),
        "up_to": YesOrNo(),
        "vat": OneOf(tuple(basis.value for basis in VatBasis)),
        "weeks": Whole(1, 520),
        "quorum": Whole(1, 50),
        "pass_mark": Whole(0, 100),
        "criteria": Rows(CRITERION, 0, MOST_CRITERIA, ("name",)),
    },
)
SECTION = Table(
    {"key": Key(), "title": Words(100), "guidance": Words(1000, lines=True), "words": Whole(1, 5000)},
    {"required": YesOrNo()},
)
DOCUMENT = Table(
    {
        "name": Words(100),
        "description": Words(1000, lines=True),
        "legal_basis": Words(500, lines=True),
        "stages": Rows(STAGE, 1, MOST_STAGES, ("key", "name")),
        "sections": Rows(SECTION, 1, MOST_SECTIONS, ("key", "title")),
    }
)


def problems_in(document: object) -> list[Problem]:
    """Everything that is wrong in a document, in the order of the document."""
    problems = list(DOCUMENT.problems(document, ""))
    stages = document.get("stages") if isinstance(document, Mapping) else None
    if isinstance(stages, list):
        for number, stage in enumerate(stages[:MOST_STAGES]):
            if isinstance(stage, Mapping):
                problems += _in_stage(stage, f"stages[{number}]", first=number == 0, last=number == len(stages) - 1)
    return problems


def _in_stage(stage: Mapping[str, object], where: str, *, first: bool, last: bool) -> Iterator[Problem]:
    """Yield values of a stage that contradict each other. Other checks cover each value alone."""
    criteria = stage.get("criteria", [])
    if isinstance(criteria, list) and criteria:
        weights = [criterion.get("weight") for criterion in criteria if isinstance(criterion, Mapping)]
        numbers = [weight for weight in weights if isinstance(weight, int) and not list(WEIGHT.problems(weight, ""))]
        if len(numbers) == len(criteria) and sum(numbers) != WHOLE:
            yield Problem(
                f"{where}.criteria", f"have weights that add up to {sum(numbers)}. They must add up to {WHOLE}."
            )
    funded = stage.get("kind") == StageKind.FUNDED.value
    judged = stage.get("kind") in (StageKind.SIFT.value, StageKind.INTERVIEW.value)
    if not criteria and not last:
        yield Problem(f"{where}.criteria", "are missing. Only the last stage can go without: they say who goes on.")
    if not criteria and last and judged:
        yield Problem(f"{where}.criteria", "are missing. A stage that is judged needs them.")
    if funded and first:
        yield Problem(f"{where}.kind", "cannot be funded in the first stage: teams are chosen before they are funded.")
    if funded and "amount" not in stage:
        yield Problem(f"{where}.amount", "is missing. A funded stage needs it.")
    if judged:
        for name in ("amount", "up_to", "vat"):
            if name in stage:
                yield Problem(f"{where}.{name}", "is only for funded stages.")


def check(document: object) -> None:
    """Raise `BadPathway` unless a round can follow the document."""
    if problems := problems_in(document):
        raise BadPathway(problems)
