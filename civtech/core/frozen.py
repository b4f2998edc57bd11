"""Guards that list what may change. Everything else is fixed, including columns added later.

They read a noun's states and the columns each verb writes from its `@transition` declarations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import JSON, Column, Table

from civtech.core.db import VERSION, Model
from civtech.core.guards import Guard, guard
from civtech.core.state import State
from civtech.core.workflow import STATE, AnyMove, moves_of

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Frozen:
    """The settings that `frozen` was given for one noun, and the guard condition they produce.

    Columns in `but` may always change, and those in `unless` may change where their SQL condition holds. A verb may
    change the columns it sets as part of its move. `provided` adds an SQL condition to a verb's move, by verb name.
    With `after`, the row is fixed only once that SQL condition holds; from then on, verbs may not change it either.
    """

    noun: type[Model]
    after: str = ""
    but: tuple[str, ...] = ()
    unless: Mapping[str, str] = field(default_factory=dict)
    provided: Mapping[str, str] = field(default_factory=dict)

    def condition(self, table: Table) -> str:
        """SQL: whether an UPDATE of a row of `table` changes something that is fixed."""
        allowed = self._allowed()
        unknown = {*self.but, *allowed} - set(table.columns.keys())
        if unknown:
            raise LookupError(f"{self.noun.__name__} has no column {', '.join(sorted(unknown))}.")
        free = {*self.but, VERSION, *([STATE] if _has_moves(self.noun) else [])}
        together = defaultdict(list)
        for name, column in table.columns.items():
            if name not in free:
                together[" OR ".join(dict.fromkeys(allowed.get(name, [])))].append(column)
        changes = " OR ".join(
            f"({differs(columns)} AND NOT ({where}))" if where else differs(columns)
            for where, columns in together.items()
        )
        return f"{self.after} AND ({changes})" if self.after else changes

    def _allowed(self) -> dict[str, list[str]]:
        """For each column that can change, the alternative SQL conditions; one of them must hold."""
        allowed = defaultdict(list)
        for move in moves_of(self.noun) if not self.after else ():
            for column in move.sets:
                allowed[column].append(taken(move, provided=self.provided.get(move.verb, "")))
        for column, where in self.unless.items():
            allowed[column].append(where)
        return allowed


FROZEN: dict[str, Frozen] = {}


def frozen(
    noun: type[Model],
    *,
    message: str,
    name: str = "",
    after: str = "",
    but: Iterable[str] = (),
    unless: Mapping[str, str] = NOTHING,
    provided: Mapping[str, str] = NOTHING,
) -> None:
    """Fix every column of `noun` (with `after`, once that SQL holds), with the exceptions `Frozen` describes."""
    table = table_of(noun)
    rule = Frozen(noun, after, tuple(but), dict(unless), dict(provided))
    declared = guard(
        name or f"{table.name}_is_fixed",
        table=table.name,
        on="UPDATE",
        condition=rule.condition(table),
        message=message,
    )
    FROZEN[declared.name] = rule


def moves(noun: type[Model], *, message: str, provided: Mapping[str, str] = NOTHING) -> Guard:
    """Let the state of `noun` change only through its declared verbs."""
    table = table_of(noun)
    made = [taken(move, provided=provided.get(move.verb, "")) for move in moves_of(noun) if move.to is not None]
    return guard(
        f"{table.name}_moves_as_declared",
        table=table.name,
        on=f"UPDATE OF {STATE}",
        condition=f"NEW.state <> OLD.state AND NOT ({' OR '.join(f'({move})' for move in dict.fromkeys(made))})",
        message=message,
    )


def begins(noun: type[Model], *, message: str, having: Iterable[str] = ()) -> Guard:
    """Make each new row of `noun` start in the first state, with every optional column empty except `having`."""
    table = table_of(noun)
    states = table.columns[STATE].type.enum_class if STATE in table.columns else None  # type: ignore[attr-defined]
    wrong = [f"NEW.state <> '{next(iter(states)).value}'"] if states else []
    wrong += [
        f"NEW.{name} IS NOT NULL"
        for name, column in table.columns.items()
        if column.nullable and name not in {*having, STATE}
    ]
    return guard(
        f"{table.name}_begins_as_declared", table=table.name, on="INSERT", condition=" OR ".join(wrong), message=message
    )


def taken(move: AnyMove, *, provided: str = "") -> str:
    """SQL: whether an UPDATE makes this move. One that keeps the state can share an UPDATE with one that changes it."""
    steps = [f"OLD.state IN ({quoted(move.sources)})"] if move.sources else ["1 = 1"]
    if move.to is not None:
        steps.append(f"NEW.state = '{move.to.value}'")
    if provided:
        steps.append(provided)
    return " AND ".join(steps)


def differs(columns: Iterable[Column[object]]) -> str:
    """SQL: whether an UPDATE changes one of `columns`; NULL counts as a value."""
    old, new = (", ".join(_comparable(row, column) for column in columns) for row in ("OLD", "NEW"))
    return f"({new}) IS DISTINCT FROM ({old})"


def quoted(values: Iterable[State | str]) -> str:
    """SQL: the values as a list."""
    return ", ".join(f"'{value}'" for value in values)


def table_of(noun: type[Model]) -> Table:
    """The table that holds `noun`."""
    return Model.metadata.tables[noun.__tablename__]


def _comparable(row: str, column: Column[object]) -> str:
    return f"CAST({row}.{column.name} AS TEXT)" if isinstance(column.type, JSON) else f"{row}.{column.name}"


def _has_moves(noun: type) -> bool:
    declared: Iterator[AnyMove] = moves_of(noun)
    return any(move.to is not None for move in declared)
