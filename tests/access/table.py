"""What each kind of person gets and reads at every address, as a table for people to read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from civtech.web import gate
from tests.access.addresses import Address
from tests.access.people import GROUPS, KINDS
from tests.access.visitors import Visitors
from tests.support.statements import listening

PLACE = Path(__file__).with_name("table.txt")
SIGNS = {
    "+": "gets there",
    "-": "may not (403)",
    ".": "is not told that it is there (404)",
    "s": "is sent to sign in",
    "p": "is sent to prove who they are",
}
READS = "What pages name"
ASKED = "Which rule is asked at which address"
SHOWN, NOT_SHOWN, NO_PAGE = "#", "-", " "
WIDTH = len(KINDS) + len(GROUPS) - 1
ROUTE = re.compile(r" {2}(/\S*)")


@dataclass(frozen=True)
class Got:
    """What one kind of person got at one address: a letter, and the things its page names (None without a page).

    `statements` are the SQL statements of the page, which tests.access.budgets counts.
    """

    sign: str
    names: frozenset[str] | None = None
    statements: tuple[str, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Row:
    """What everyone got at one address."""

    address: Address
    got: dict[str, Got]

    @property
    def letters(self) -> str:
        return _grouped(found.sign for found in self.got.values())

    def shown(self) -> Iterator[tuple[str, str]]:
        """Each thing that the page names to someone, with the letters for who sees it."""
        everything = frozenset[str]().union(*(found.names or () for found in self.got.values()))
        for thing in sorted(everything):
            yield thing, _grouped(_reads(thing, found.names) for found in self.got.values())


def _reads(thing: str, names: frozenset[str] | None) -> str:
    if names is None:
        return NO_PAGE
    return SHOWN if thing in names else NOT_SHOWN


def sign(answer: TestResponse) -> str:
    """One letter for an answer."""
    assert answer.status_code < 500, (answer.request.path, answer.status_code)
    assert answer.status_code not in {400, 429}, (answer.request.path, answer.status_code)
    if answer.status_code in {302, 303} and answer.location.startswith("/sign-in"):
        return "s"
    if answer.status_code in {302, 303} and answer.location.startswith("/account/proof"):
        return "p"
    return {403: "-", 404: "."}.get(answer.status_code, "+")


def got(address: Address, kind: str, visitors: Visitors, marks: Mapping[str, str]) -> Got:
    """Try one address as one kind of person."""
    with listening() as heard:
        answer = visitors.open(kind, address)
    if address.method != "GET" or answer.status_code != 200:
        return Got(sign(answer))
    page = answer.text
    names = frozenset(thing for thing, mark in marks.items() if mark in page and mark not in address.url)
    return Got("+", names, tuple(heard))


def rows(addresses: Iterable[Address], visitors: Visitors, marks: Mapping[str, str]) -> list[Row]:
    """Try every address as every kind of person."""
    return [Row(address, {kind: got(address, kind, visitors, marks) for kind in KINDS}) for address in addresses]


def written(rows: Iterable[Row], app: Flask) -> str:
    """The whole table as text."""
    return "\n".join([*_heading(), *_who_may(rows), "", *_who_reads(rows), "", *what_is_asked(app), ""])


def what_is_asked(app: Flask) -> Iterator[str]:
    """The last part of the table: the rule that each route asks, and whether it asks about the thing in the route."""
    yield ASKED
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        grant = gate.grant_of(app, rule)
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        asked = "anybody" if grant.policy is None else grant.policy.name
        yield f"{methods:<8}  {rule.rule}  asks {asked}{' about it' if grant.finds else ''}"


def _route(line: str) -> str | None:
    found = ROUTE.search(line)
    return found and found[1]


def about(route: str, text: str) -> list[str]:
    """The lines of the table for a route."""
    return [line for line in text.splitlines() if _route(line) == route]


def about_no_route(text: str) -> list[str]:
    """The other lines of the table: the meaning of its letters, and the kinds of people."""
    return [line for line in text.splitlines() if _route(line) is None]


def routes(text: str) -> list[list[str]]:
    """The routes that each part of the table is about, in its order."""
    parts = [filter(None, map(_route, part.splitlines())) for part in text.split("\n\n")]
    return [list(dict.fromkeys(part)) for part in parts]


def opened(text: str, kind: str, methods: set[str]) -> set[str]:
    """The routes that let in a kind of person with one of these methods."""
    found = set()
    for line in text.partition(READS)[0].splitlines():
        if route := _route(line):
            letters, used = line[:WIDTH].replace(" ", ""), line[WIDTH : line.index("/")].split()
            if letters[list(KINDS).index(kind)] == "+" and methods & set(used):
                found.add(route)
    return found


def _heading() -> Iterator[str]:
    yield from (f"{letter} {meaning}" for letter, meaning in SIGNS.items())
    yield ""
    yield from (f"{number:>2} {kind}: {meaning}" for number, (kind, meaning) in enumerate(KINDS.items(), 1))
    yield ""
    numbers = range(1, len(KINDS) + 1)
    yield _grouped(str(number // 10 or " ") for number in numbers)
    yield _grouped(str(number % 10) for number in numbers)


def _who_may(rows: Iterable[Row]) -> Iterator[str]:
    """One line for all states, or methods, that make no difference."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for found in rows:
        lines.setdefault((found.address.rule, found.address.method, found.letters), []).append(found.address.state)
    merged: dict[tuple[str, str, str], list[str]] = {}
    for (rule, method, letters), states in lines.items():
        merged.setdefault((rule, letters, "; ".join(filter(None, states))), []).append(method)
    for (rule, letters, states), methods in merged.items():
        yield f"{letters}  {' '.join(methods):<8}  {rule}{f'  [{states}]' if states else ''}"


def _who_reads(rows: Iterable[Row]) -> Iterator[str]:
    yield f"{READS}: {SHOWN} to whom, {NOT_SHOWN} to whom not"
    for found in rows:
        lines: dict[str, list[str]] = {}
        for thing, letters in found.shown():
            lines.setdefault(letters, []).append(thing)
        state = f"  [{found.address.state}]" if found.address.state else ""
        for letters, things in lines.items():
            yield f"{letters}  {found.address.rule}{state}  names {'; '.join(things)}"


def _grouped(letters: Iterable[str]) -> str:
    """Letters of all kinds, with gaps between the groups."""
    rest, parts = "".join(letters), []
    for length in GROUPS:
        parts.append(rest[:length])
        rest = rest[length:]
    return " ".join(parts)
