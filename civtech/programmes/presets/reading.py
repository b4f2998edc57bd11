"""Reading one pathway file safely, whatever it contains."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from civtech.programmes.models import Problem
from civtech.programmes.models.document import Key, problems_in

LARGEST_FILE = 200_000  # bytes


class BadFiles(ValueError):
    """Pathway files that cannot be used, each with everything that is wrong in it."""

    def __init__(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{name}: {problem}" for name, in_file in problems.items() for problem in in_file))


def read(path: Path) -> tuple[dict[str, object], list[Problem]]:
    """The document in the file, and what is wrong with it."""
    named = [Problem("the name of the file", problem.reason) for problem in Key().problems(path.stem, "")]
    try:
        document = _parsed(path)
    except _Unreadable as reason:
        return {}, [*named, Problem("", str(reason))]
    return document, [*named, *problems_in(document)]


class _Unreadable(Exception):
    """Why we cannot read a document from a file."""


def _parsed(path: Path) -> dict[str, object]:
    try:
        if not path.is_file():
            raise _Unreadable("This is not a file. Replace it with a text file, or remove it.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _Unreadable(f"This file cannot be read: {error.strerror}.") from error
    if len(content) > LARGEST_FILE:
        raise _Unreadable(f"This file is larger than {LARGEST_FILE:,} bytes.")
    if not content.strip():
        raise _Unreadable("This file is empty. Start from a copy of another pathway.")
    try:
        return tomllib.loads(content.decode().replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(f"line {line}: this is not UTF-8 text. Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise _Unreadable(f"This is not TOML: {error}.") from error
    except (RecursionError, ValueError) as error:
        raise _Unreadable("This file holds a number or a list that is too large.") from error
