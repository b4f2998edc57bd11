"""Things with names that come before or after one another: the blocks of a page, and what knows how far things are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Named(Generic[Thing]):
    """A thing in a `Sequence`, and the names of those it comes after and before."""

    thing: Thing
    name: str
    after: tuple[str, ...]
    before: tuple[str, ...]


class Ordered(Generic[Thing]):
    """Named things in the order that they ask for; otherwise in the order in which they were added."""

    def __init__(self) -> None:
        self._named: dict[str, Named[Thing]] = {}
        self._order: list[Thing] | None = None

    def add(self, thing: Thing, name: str, *, after: str | None, before: str | None) -> None:
        """Add a thing; two of the same name are refused."""
        if name in self._named:
            raise ValueError(f"Two things here are called {name!r}. Give each its own name.")
        self._order = None
        self._named[name] = Named(thing, name, (after,) if after else (), (before,) if before else ())

    def __iter__(self) -> Iterator[Thing]:
        if self._order is None:
            self._order = list(self._in_order())
        return iter(self._order)

    def _in_order(self) -> Iterator[Thing]:
        sorter = TopologicalSorter(dict.fromkeys(self._named, ()))
        for named in self._named.values():
            for other in named.after:
                sorter.add(named.name, self._known(other, named))
            for other in named.before:
                sorter.add(self._known(other, named), named.name)
        try:
            yield from [self._named[name].thing for name in sorter.static_order()]
        except CycleError as error:
            raise ValueError(f"These come before and after each other: {', '.join(error.args[1])}.") from error

    def _known(self, name: str, asked_by: Named[Thing]) -> str:
        if name not in self._named:
            raise LookupError(f"{asked_by.name!r} comes before or after {name!r}, and there is nothing of that name.")
        return name


def declared_in(
    orders: dict[str, Ordered[Thing]], where: str, name: str, *, after: str | None, before: str | None
) -> Callable[[Thing], Thing]:
    """A decorator that adds what it decorates to the order `where`."""

    def register(thing: Thing) -> Thing:
        orders[where].add(thing, name, after=after, before=before)
        return thing

    return register
