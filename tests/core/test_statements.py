"""Statements that are built once: the same rows as when they are built each time, for every kind of argument."""

import gc
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import Integer, Select, String, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from civtech.core import clock, statements
from civtech.core.db import UtcDateTime
from civtech.core.statements import built_once

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


class Base(DeclarativeBase):
    pass


class Boat(Base):
    __tablename__ = "boat"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String)
    colour: Mapped[str] = mapped_column(String)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sort(Enum):
    BY_NAME = "name"
    BY_AGE = "age"


class Skipper:
    """Someone whom a statement is asked about, as a person is."""

    def __init__(self, identity: int, boats: list[int], *, staff: bool = False) -> None:
        self.id = identity
        self.is_staff = staff
        self._boats = boats

    def boats(self, *_roles: Sort) -> list[int]:
        return self._boats


built: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_built_yet() -> Iterator[None]:
    statements.forget()
    built.clear()
    yield
    statements.forget()


@built_once
def boats_of(skipper: Any, at: datetime, *, sort: Sort | None = None) -> Select[Boat]:
    built.append("boats_of")
    query = select(Boat).where(Boat.seen_at < at - timedelta(days=1), Boat.colour != "it’s 100% blue")
    if not skipper.is_staff:
        query = query.where(Boat.id.in_(skipper.boats(Sort.BY_AGE)))
    if sort is not None:
        query = query.order_by(Boat.name if sort is Sort.BY_NAME else Boat.seen_at)
    return query


def asked(query: Select[Any]) -> tuple[str, list[object]]:
    """The SQL of a query and its values in order, as SQLite gets them."""
    compiled = query.compile(dialect=sqlite.dialect())
    values = dict(compiled.params)
    return str(compiled), [values[name] for name in compiled.positiontup or ()]


def test_it_is_built_once_and_gets_the_values_of_each_call() -> None:
    first = asked(boats_of(Skipper(1, [1, 2]), NOON))
    second = asked(boats_of(Skipper(2, [3]), NOON + timedelta(days=1)))
    assert built == ["boats_of"]
    assert first[0] == second[0]
    assert first[1] == [NOON - timedelta(days=1), [1, 2]]
    assert second[1] == [NOON, [3]]


def test_what_decides_how_it_looks_has_a_statement_of_its_own() -> None:
    seen = {
        asked(boats_of(Skipper(1, [1], staff=staff), NOON, sort=sort))[0]
        for staff in (True, False)
        for sort in (None, *Sort)
        for _ in range(3)
    }
    assert len(seen) == len(built) == 6


def test_nothing_after_something_has_a_statement_of_its_own() -> None:
    @built_once
    def sailed_by(skipper: Skipper | None, name: str | None) -> Select[Boat]:
        query = select(Boat) if skipper is None else select(Boat).where(Boat.id == skipper.id)
        return query.where(Boat.name == name)

    assert asked(sailed_by(Skipper(3, []), "Ada"))[1] == [3, "Ada"]
    assert asked(sailed_by(None, "Ada"))[1] == ["Ada"]
    assert "IS NULL" in asked(sailed_by(None, None))[0]
    assert asked(sailed_by(Skipper(4, []), "Ada"))[1] == [4, "Ada"]


def test_constants_are_written_in_the_statement() -> None:
    text, values = asked(boats_of(Skipper(1, [1], staff=True), NOON))
    assert "'it’s 100%% blue'" in text or "'it’s 100% blue'" in text
    assert values == [NOON - timedelta(days=1)]


def test_an_empty_list_and_one_that_is_not_can_share_a_statement() -> None:
    assert asked(boats_of(Skipper(1, []), NOON))[1][-1] == []
    assert asked(boats_of(Skipper(1, [5]), NOON))[1][-1] == [5]


def test_whether_a_list_is_empty_can_decide() -> None:
    @built_once
    def own(skipper: Any) -> Select[Boat]:
        return select(Boat).where(Boat.id.in_(boats)) if (boats := skipper.boats()) else select(Boat)

    assert "WHERE" not in asked(own(Skipper(1, [])))[0]
    assert "WHERE" in asked(own(Skipper(1, [4])))[0]
    assert "WHERE" not in asked(own(Skipper(1, [])))[0]


def test_one_inside_another_uses_the_arguments_of_the_outer_one() -> None:
    @built_once
    def named(skipper: Any, name: str) -> Select[Boat]:
        return boats_of(skipper, NOON).where(Boat.name == name)

    assert asked(named(Skipper(1, [1]), "Ada"))[1][1:] == [[1], "Ada"]
    assert asked(named(Skipper(2, [2, 3]), "Bo"))[1][1:] == [[2, 3], "Bo"]


def test_a_call_may_add_to_it() -> None:
    for name in ("Ada", "Bo"):
        text, values = asked(boats_of(Skipper(1, [7]), NOON).where(Boat.name == name).limit(3))
        assert "boat.name = ?" in text
        assert [7] in values
        assert name in values


def test_a_comparison_in_python_decides() -> None:
    @built_once
    def first_or_later(position: int) -> Select[Boat]:
        return select(Boat).where(Boat.id == position) if position == 1 else select(Boat).where(Boat.id > position)

    assert [asked(first_or_later(each))[1] for each in (1, 2, 3, 1)] == [[1], [2], [3], [1]]
    assert "boat.id > ?" in asked(first_or_later(9))[0]


def test_a_comparison_of_two_arguments_decides() -> None:
    @built_once
    def own(skipper: Any, other: Any) -> Select[Boat]:
        return select(Boat) if skipper.id == other.id else select(Boat).where(Boat.id == other.id)

    one, two = Skipper(1, []), Skipper(2, [])
    assert ["WHERE" in asked(own(*pair))[0] for pair in ((one, one), (one, two), (two, two), (two, one))] == [
        False,
        True,
        False,
        True,
    ]


def test_the_class_of_an_argument_decides() -> None:
    class Guest(Skipper):
        pass

    @built_once
    def seen_by(skipper: Any) -> Select[Boat]:
        return select(Boat).where(Boat.id == skipper.id) if isinstance(skipper, Guest) else select(Boat)

    assert "WHERE" not in asked(seen_by(Skipper(1, [])))[0]
    assert "WHERE" in asked(seen_by(Guest(1, [])))[0]


def test_an_argument_may_ask_the_clock() -> None:
    class Timely(Skipper):
        @property
        def is_awake(self) -> bool:
            return clock.now() < NOON

    @built_once
    def awake(skipper: Any) -> Select[Boat]:
        return select(Boat).where(Boat.id == skipper.id) if skipper.is_awake else select(Boat)

    for instant, there in ((NOON - timedelta(hours=1), True), (NOON, False), (NOON - timedelta(hours=1), True)):
        with clock.at(instant):
            assert ("WHERE" in asked(awake(Timely(1, [])))[0]) is there


def test_no_argument_is_kept() -> None:
    skipper = Skipper(1, [1])
    boats_of(skipper, NOON)
    kept = weakref.ref(skipper)
    del skipper
    gc.collect()
    assert kept() is None


@pytest.mark.parametrize(
    "build",
    [
        lambda skipper: select(Boat).where(Boat.name == f"Boat of {skipper.id}"),
        lambda skipper: select(Boat).where(Boat.id.in_([each + 1 for each in skipper.boats()])),
        lambda skipper: select(Boat).where(Boat.id == skipper),
        lambda skipper: select(Boat).where(Boat.name == f"{skipper.id!r}"),
        lambda skipper: select(Boat).where(Boat.id == (1 if skipper.id in {1, 2} else 2)),
        lambda skipper: select(Boat).where(Boat.id == {1: 5}.get(skipper.id, 7)),
        lambda skipper: select(Boat).where(Boat.seen_at < clock.now(), Boat.id == skipper.id),
    ],
)
def test_what_a_stand_in_cannot_do_is_an_error_and_never_a_wrong_statement(build: Any) -> None:
    with pytest.raises(TypeError):
        built_once(build)(Skipper(1, [1]))


def test_it_keeps_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "MOST", 2)
    for sort in (None, *Sort, None, *Sort):
        boats_of(Skipper(1, [1]), NOON, sort=sort)
    assert len(boats_of._kept) == 2


def test_a_value_that_is_missing_at_its_use_is_an_error() -> None:
    @built_once
    def odd(skipper: Any) -> Select[Boat]:
        skipper.changing()
        return select(Boat).where(Boat.id == skipper.id)

    class Fickle(Skipper):
        answers = iter([True, False, False])

        def changing(self) -> bool:
            return next(self.answers)

    with pytest.raises(TypeError, match="different answers"):
        odd(Fickle(1, []))
