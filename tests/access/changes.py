"""A page that takes another number of SQL statements than before, told so that one sees which and why."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.access.addresses import Address

COLUMNS = re.compile(r"SELECT (?:DISTINCT )?.*? FROM ")
PARENTHESES = re.compile(r"\([^()]*\)")
WIDTH, SHOWN = 160, 3


@dataclass(frozen=True)
class Change:
    """A page that takes another number of statements than is written, and those that it takes now."""

    address: Address
    kind: str
    before: int | None
    statements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{page(self.address)}: {self.before or 'no'} statements before, {len(self.statements)} now"


def page(address: Address) -> str:
    """The route of a page, and the state of the thing it is about."""
    return f"{address.rule}  [{address.state}]" if address.state else address.rule


def told(found: Iterable[Change]) -> str:
    """The changes for people to read: each page once, with the statements of the first few."""
    groups: dict[str, list[Change]] = {}
    for change in found:
        groups.setdefault(str(change), []).append(change)
    parts = []
    for number, (what, those) in enumerate(groups.items()):
        parts.append(f"{what}, for {', '.join(change.kind for change in those)}")
        if number < SHOWN:
            times = Counter(map(short, those[0].statements))
            parts += [f"    {times[sql]:>2} x {sql}" for sql in times]
    return "\n".join(parts)


def short(statement: str) -> str:
    """The beginning of a statement, without the columns that it selects and what it has in parentheses."""
    words, left = " ".join(statement.split()), 1
    while left:
        words, left = PARENTHESES.subn("…", words)
    return COLUMNS.sub("SELECT … FROM ", words)[:WIDTH]
