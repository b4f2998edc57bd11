"""Statements that are built once. Building one takes several times as long as running it.

    @built_once
    def late(actor: User, at: datetime) -> Select[Challenge]:
        return select(Challenge).where(Challenge.sponsor_id.in_(actor.organisation_ids()), Challenge.closes_at < at)

The function is called with stand-ins for its arguments, which note what it asks of them. A value (number, text, instant
or a list of these) becomes a parameter of the statement. A boolean, a member of an enumeration and None, the class of
anything else, and whether it is empty, decide what the statement looks like: each combination has a statement of its
own. Later calls ask the same of their arguments and only fill in the parameters.

The function must depend on nothing but its arguments: what it reads elsewhere would stay as it was at the first call.
It cannot ask the clock. A registry that it reads calls `forget` when something is added. Whatever a stand-in cannot do
raises `TypeError` when the statement is built. Inside another such function, one is built plainly; elsewhere, do not
put its statement twice into another with different arguments, because the parameters have the same names.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import update_wrapper
from itertools import count
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar, cast

from sqlalchemy import BindParameter, ClauseElement, ColumnElement, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import ExecutableStatement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal, replacement_traverse

from civtech.core import clock

CONSTANTS = (int, str, Enum)
VALUES = (int, str, bytes, Decimal, date)
LISTS = (list, tuple, set, frozenset)
MOST = 60
"""How many statements are kept for one function. The oldest makes room for the next."""

Given = ParamSpec("Given")
Statement = TypeVar("Statement", bound=ExecutableStatement)


@dataclass(frozen=True)
class _Step:
    """One thing that was asked: an argument, or of an earlier answer its attribute, its truth or what it returns."""

    of: int | None
    name: str | int = ""
    given: tuple[object, ...] | None = None


@dataclass
class _Asked(Generic[Statement]):
    """One kept statement, with everything that building it asked of its arguments, in order."""

    name: str
    arguments: Set[str | int]
    steps: dict[_Step, int] = field(default_factory=dict)
    decided: dict[int, object] = field(default_factory=dict)
    kinds: dict[int, type] = field(default_factory=dict)
    parameters: dict[int, BindParameter[object]] = field(default_factory=dict)
    statement: Statement = field(init=False)

    def stand_in(self, step: _Step, real: object) -> object:
        """What the function gets as the answer to `step`."""
        place = self.steps.setdefault(step, len(self.steps))
        if real is None or isinstance(real, bool | Enum) or _all_decide(real):
            self.decided[place] = real
            return real
        self.kinds[place] = _kind(real)
        return _StandIn(self, place, real)

    def answers(self, arguments: Mapping[str | int, object]) -> dict[str, object] | None:
        """The values of the parameters for these arguments; None if they need another statement."""
        if self.arguments != arguments.keys():
            return None
        answers: list[object] = []
        for place, step in enumerate(self.steps):
            answer = _ask(step, answers, arguments)
            if self.decided[place] != answer if place in self.decided else self.kinds[place] is not _kind(answer):
                return None
            answers.append(answer)
        return {parameter.key: _in_order(answers[place]) for place, parameter in self.parameters.items()}

    def filled(self, values: dict[str, object]) -> Statement:
        """The statement with these values. It reuses the cache key, which takes longest to work out."""
        key = cast(Any, self.statement)._generate_cache_key()
        filled = self.statement.params(values)
        filled.__dict__["_generate_cache_key"] = lambda: key and key._replace(params=values)
        return filled


def _kind(real: object) -> type:
    """The class of a value. All kinds of list count as one."""
    return list if isinstance(real, LISTS) else type(real)


def _in_order(answer: object) -> object:
    return list(answer) if isinstance(answer, set | frozenset) else answer


def _all_decide(real: object) -> bool:
    return isinstance(real, LISTS) and bool(real) and all(isinstance(each, Enum) for each in real)


def _ask(step: _Step, answers: list[object], arguments: Mapping[str | int, object]) -> object:
    if step.of is None:
        return arguments[step.name]
    there: Any = answers[step.of]
    if step.given is not None:
        return there(*(answers[each.place] if isinstance(each, _Place) else each for each in step.given))
    return getattr(there, str(step.name)) if step.name else bool(there)


@dataclass(frozen=True)
class _Place:
    """An earlier answer that is given to a method."""

    place: int


class _StandIn:
    """Takes the place of an argument, or of an answer it gave, while a statement is being built."""

    def __init__(self, asked: _Asked[Any], place: int, real: object) -> None:
        self._asked, self._place, self._real = asked, place, real

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._real)

    def __clause_element__(self) -> BindParameter[object]:
        if not isinstance(self._real, VALUES + LISTS):
            raise TypeError(f"{self._real!r} cannot be a parameter of a statement.")
        if self._place not in self._asked.parameters:
            self._asked.parameters[self._place] = bindparam(
                f"{self._asked.name}_{self._place}", expanding=isinstance(self._real, LISTS), required=True
            )
        return self._asked.parameters[self._place]

    def __getattr__(self, name: str) -> Any:
        with clock.stopped(yes=False):
            real = getattr(self._real, name)
        return self._asked.stand_in(_Step(self._place, name), real)

    def __call__(self, *given: object) -> Any:
        real: Any = self._real
        kept = tuple(_Place(each._place) if type(each) is _StandIn else each for each in given)
        with clock.stopped(yes=False):
            answer = real(*(each._real if type(each) is _StandIn else each for each in given))
        return self._asked.stand_in(_Step(self._place, given=kept), answer)

    def __bool__(self) -> bool:
        return bool(self._asked.stand_in(_Step(self._place), bool(self._real)))

    def __iter__(self) -> Iterator[NoReturn]:
        if self:
            raise TypeError("A statement that is built once cannot depend on each of several values.")
        return iter(())

    def __add__(self, other: object) -> Any:
        return self.__getattr__("__add__")(other)

    def __sub__(self, other: object) -> Any:
        return self.__getattr__("__sub__")(other)

    def __eq__(self, other: object) -> Any:
        is_column = isinstance(other, ClauseElement) or hasattr(other, "__clause_element__")
        if is_column and type(other) is not _StandIn:
            return NotImplemented
        return self.__getattr__("__eq__")(other)

    def __hash__(self) -> int:
        raise TypeError("A statement that is built once cannot look a value up.")

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        raise TypeError("A statement that is built once cannot contain the text of a value.")

    def __format__(self, _how: str) -> str:
        return str(self)


class _Constant(ColumnElement[object]):
    """A value that is written in the statement instead of being a parameter of it.

    SQLite plans a statement again at each use if an index for some rows only (`WHERE state = 'live'`) could depend on a
    parameter. That takes longer than most statements take to run.
    """

    __visit_name__ = "constant"
    inherit_cache = True
    _traverse_internals = [  # noqa: RUF012 - the name that SQLAlchemy looks for
        ("value", InternalTraversal.dp_plain_obj),
        ("type", InternalTraversal.dp_type),
    ]

    def __init__(self, parameter: BindParameter[Any]) -> None:
        self.value: object = tuple(parameter.value or ()) if parameter.expanding else parameter.value
        self.type = parameter.type


@compiles(_Constant)
def _written(constant: _Constant, compiler: SQLCompiler, **_how: object) -> str:
    if isinstance(constant.value, tuple):
        return f"({', '.join(compiler.render_literal_value(each, constant.type) for each in constant.value)})"
    return compiler.render_literal_value(constant.value, constant.type)


def _with_constants(statement: Statement) -> Statement:
    """The statement with every value written in it that is the same for all calls."""

    def written(element: object, **_how: object) -> _Constant | None:
        if not isinstance(element, BindParameter) or element.required or element.callable:
            return None
        values = element.value if element.expanding else [element.value]
        return _Constant(element) if values and all(isinstance(each, CONSTANTS) for each in values) else None

    return cast(Statement, replacement_traverse(cast(Any, statement), {}, written))


_all: list["BuiltOnce[..., Any]"] = []
_numbers = count(1)
_building: ContextVar[bool] = ContextVar("building", default=False)


class BuiltOnce(Generic[Given, Statement]):
    """A function whose statements are kept."""

    def __init__(self, build: Callable[Given, Statement]) -> None:
        self.build = build
        self._name = f"{build.__module__}_{build.__qualname__}".replace(".", "_")
        self._kept: list[_Asked[Statement]] = []
        _all.append(self)
        update_wrapper(self, build)

    def forget(self) -> None:
        """Drop the kept statements, so that the next call builds a new one."""
        self._kept.clear()

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Statement:
        if _building.get():
            return self.build(*given, **named)
        arguments: dict[str | int, object] = dict(enumerate(given))
        arguments.update(named.items())
        for asked in self._kept:
            if (values := asked.answers(arguments)) is not None:
                return asked.filled(values)
        return self._built(arguments, len(given))

    def _built(self, arguments: dict[str | int, object], positions: int) -> Statement:
        asked: _Asked[Statement] = _Asked(f"{self._name}_{next(_numbers)}", frozenset(arguments))
        stand_ins = {name: asked.stand_in(_Step(None, name), each) for name, each in arguments.items()}
        given = [stand_ins[position] for position in range(positions)]
        named = {str(name): stand_in for name, stand_in in stand_ins.items() if isinstance(name, str)}
        build: Callable[..., Statement] = self.build
        before = _building.set(True)
        try:
            with clock.stopped():
                asked.statement = _with_constants(build(*given, **named))
        finally:
            _building.reset(before)
        self._kept[:] = [*self._kept[1 - MOST :], asked]
        values = asked.answers(arguments)
        if values is None:
            raise TypeError(f"{asked.name} gets different answers to the same questions.")
        return asked.filled(values)


def built_once(build: Callable[Given, Statement]) -> BuiltOnce[Given, Statement]:
    """Build the statement of a query once for each kind of arguments; later calls only fill in the values."""
    return BuiltOnce(build)


def forget() -> None:
    """Drop all kept statements, because something else that they depend on has changed."""
    for function in _all:
        function.forget()
