"""How many SQL statements each page takes for each kind of person, as a text for people to read."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from tests.access.addresses import Address
from tests.access.changes import Change, page
from tests.access.crowd import ACCOUNT, HOLDERS, ROLES, lists, long
from tests.access.people import VISITOR
from tests.access.reasons import GROWS, MANY
from tests.access.table import Got, Row

PLACE = Path(__file__).with_name("budgets.txt")
MOST = 10
HEADING = f"""\
SQL statements of each page, for the people who get it: the most, then how many for whom if that differs.
More than {MOST} need a reason. make access-table writes this file."""
CROWDED = """\
Pages that take another number of statements when there are 1,000 of everything. All others take the same.
We ask as one person of each kind whose pages differ. Another number needs a reason."""
REASONS = f"Why some pages take more than {MOST}"
GROWTH = "Why some pages take another number when there are 1,000 of everything"
COSTS = """\
A page takes another number of SQL statements than tests/access/budgets.txt says.
If it should: make access-table, and read what changed in it."""
CROWD_COSTS = """\
With 1,000 of everything, a page takes another number of SQL statements than tests/access/budgets.txt says.
If it should: make access-table, read what changed in it, and say why in tests/access/reasons.py."""
OTHERS = "the others"
FEW = 6
LINE = re.compile(r" *(\d+) {2}(/\S*)(?: {2}\[(.*?)\])?(?: {2}(\d.*))?")
CROWDED_LINE = re.compile(r" *(\d+) -> (\d+) +(/\S*)(?: {2}\[(.*?)\])? {2}(.*)")

Ask = Callable[[Address, str], Got]


@dataclass(frozen=True)
class Budget:
    """The number of statements of one page by kind of person. `others` have the number of all who are not named."""

    named: dict[str, int] = field(default_factory=dict)
    others: int | None = None

    def of(self, kind: str) -> int | None:
        return self.named.get(kind, self.others)

    @property
    def most(self) -> int:
        return max([*self.named.values(), self.others or 0])


# ---- Writing ----


def written(rows: Iterable[Row], crowded: Iterable[Change], app: Flask) -> str:
    """The whole text."""
    parts = [[HEADING, *lines(rows)], [CROWDED, *crowded_lines(crowded)], *reasons(app)]
    return together(parts)


def together(parts: Iterable[Iterable[str]]) -> str:
    """Parts with a line between them."""
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """One line for all states of a thing that make no difference."""
    states: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        counts = {kind: len(got.statements) for kind, got in row.got.items() if got.statements is not None}
        if counts:
            states.setdefault((row.address.rule, _for_whom(counts)), []).append(row.address.state)
    for (rule, numbers), found in states.items():
        most, _, for_whom = numbers.partition("  ")
        behind = f"  [{'; '.join(found)}]" if any(found) else ""
        yield f"{most:>3}  {rule}{behind}{'  ' * bool(for_whom)}{for_whom}"


def _for_whom(counts: Mapping[str, int]) -> str:
    """The largest number and, if there are several, whose is which."""
    most, people = max(counts.values()), Counter(counts.values())
    if len(people) == 1:
        return str(most)
    ((common, those),) = people.most_common(1)
    parts = [
        f"{number} {', '.join(kind for kind in counts if counts[kind] == number)}"
        for number in sorted(people, reverse=True)
        if number != common or those <= FEW
    ]
    return f"{most}  {'; '.join([*parts, f'{common} {OTHERS}'] if those > FEW else parts)}"


def crowded_lines(changes: Iterable[Change]) -> Iterator[str]:
    """One line for each number of a page and all whose page has it."""
    kinds: dict[tuple[int | None, int, str], list[str]] = {}
    for change in changes:
        kinds.setdefault((change.before, len(change.statements), page(change.address)), []).append(change.kind)
    for (before, now, where), found in kinds.items():
        yield f"{before or 0:>3} -> {now:<3}  {where}  {', '.join(found)}"


def reasons(app: Flask) -> Iterator[list[str]]:
    """The last parts: why pages take many statements, or more and more."""
    for heading, why in ((REASONS, MANY), (GROWTH, GROWS)):
        yield [heading, *sorted(f"     {_rule(app, endpoint)}: {reason}" for endpoint, reason in why.items())]


def _rule(app: Flask, endpoint: str) -> str:
    return next(rule.rule for rule in app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))


# ---- Reading ----


def read(text: str) -> dict[tuple[str, str], Budget]:
    """The budget of each page, by its route and the state of the thing it is about."""
    budgets = {}
    for line in text.partition(CROWDED)[0].splitlines():
        if found := LINE.fullmatch(line):
            most, rule, states, for_whom = found.groups()
            named, others = {}, None if for_whom else int(most)
            for part in for_whom.split("; ") if for_whom else ():
                number, _, people = part.partition(" ")
                if people == OTHERS:
                    others = int(number)
                else:
                    named |= dict.fromkeys(people.split(", "), int(number))
            budgets |= {(rule, state): Budget(named, others) for state in (states or "").split("; ")}
    return budgets


def about(route: str, text: str) -> list[str]:
    """The lines of the first part about a route."""
    return [line for line in text.splitlines() if (found := LINE.fullmatch(line)) and found[2] == route]


def crowded_about(area: str, text: str) -> list[str]:
    """The lines of the second part about the routes in an area."""
    return [line for line in text.splitlines() if (found := CROWDED_LINE.fullmatch(line)) and area_of(found[3]) == area]


def area_of(rule: str) -> str:
    """The first part of a route."""
    return rule.split("/")[1]


def without_reason(app: Flask, text: str) -> list[str]:
    """Pages that need a reason but have none, and reasons that no page needs."""
    many = {rule for (rule, _state), budget in read(text).items() if budget.most > MOST}
    grow = {found[3] for line in text.splitlines() if (found := CROWDED_LINE.fullmatch(line))}
    wrong = []
    for name, needed, why in (("MANY", many, MANY), ("GROWS", grow, GROWS)):
        given = {_rule(app, endpoint) for endpoint in why}
        wrong += [f"{rule} needs a reason in {name}" for rule in sorted(needed - given)]
        wrong += [f"{rule} no longer needs its reason in {name}" for rule in sorted(given - needed)]
    return wrong


# ---- Comparing ----


def changes(rows: Iterable[Row], text: str) -> list[Change]:
    """Pages that take another number of statements than the text says."""
    budgets = read(text)
    return [
        Change(row.address, kind, before, got.statements)
        for row in rows
        for kind, got in row.got.items()
        if got.statements is not None
        and (before := budgets.get((row.address.rule, row.address.state), Budget()).of(kind)) != len(got.statements)
    ]


def in_the_crowd(addresses: Iterable[Address], ask: Ask, text: str) -> Iterator[Change]:
    """Pages about a thousand things that take another number of statements than the first part of the text says.

    Lists differ by who looks at them. Of the other pages we look at one for each number of statements.
    """
    addresses = list(addresses)
    budgets, own = read(text), lists(addresses)
    for address in long(addresses):
        budget, seen, all_alike = budgets.get((address.rule, address.state), Budget()), set[int](), False
        for kind in HOLDERS if address.rule.startswith(ACCOUNT) else ROLES:
            before = budget.of(kind)
            if before is None or (before in seen and (all_alike or before < 2 or address.rule not in own)):
                continue
            got = ask(address, kind)
            if got.statements is not None:
                seen.add(before)
                all_alike |= kind == VISITOR
                if len(got.statements) != before:
                    yield Change(address, kind, before, got.statements)
