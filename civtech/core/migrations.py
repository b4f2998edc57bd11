"""Guards, consequences and views in migrations: Alembic operations, and what `flask db migrate` writes for them.

A migration contains the full rule, so reading it or running it again needs none of the application's code.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import astuple

from alembic.autogenerate import comparators, renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations, batch
from alembic.operations.ops import AddColumnOp, AlterColumnOp, ModifyTableOps, UpgradeOps
from alembic.util import CommandError, DispatchPriority
from sqlalchemy import Connection, DefaultClause, String, text

from civtech.core import sql_views
from civtech.core.blank import UNSEEN
from civtech.core.db import Model
from civtech.core.guards import Consequence, Guard, declared, from_sqlite
from civtech.core.installed import triggers_of, views_of

WRAPPER = textwrap.TextWrapper(
    112,
    break_long_words=False,
    break_on_hyphens=False,
    drop_whitespace=False,
    expand_tabs=False,
    replace_whitespace=False,
)
UNSAID = ("", "", "")  # parts of a rule that are not needed to drop it: event, condition and message or statement
Rule = Guard | Consequence
KINDS: dict[str, type[Rule]] = {"guard": Guard, "consequence": Consequence}


class RuleOp(MigrateOperation):
    """Create or drop a guard or a consequence."""

    def __init__(self, rule: Rule, *, create: bool) -> None:
        self.rule = rule
        self.create = create

    def reverse(self) -> "RuleOp":
        """The operation that undoes this one."""
        return RuleOp(self.rule, create=not self.create)

    @property
    def name(self) -> str:
        """The operation's name in a migration, such as `drop_guard`."""
        return f"{'create' if self.create else 'drop'}_{type(self.rule).__name__.lower()}"


class ViewOp(MigrateOperation):
    """Create or drop a view."""

    def __init__(self, view: str, select: str, *, create: bool) -> None:
        self.view = view
        self.select = select
        self.create = create

    def reverse(self) -> "ViewOp":
        """The operation that undoes this one."""
        return ViewOp(self.view, self.select, create=not self.create)

    @property
    def name(self) -> str:
        """The operation's name in a migration."""
        return f"{'create' if self.create else 'drop'}_view"


def _rule_operation(kind: type[Rule], *, create: bool) -> type[RuleOp]:
    class Named(RuleOp):
        @classmethod
        def run(cls, operations: Operations, *parts: str) -> None:
            operations.invoke(cls(kind(*parts, *([] if create else UNSAID)), create=create))

    return Named


def _view_operation(*, create: bool) -> type[ViewOp]:
    class Named(ViewOp):
        @classmethod
        def run(cls, operations: Operations, view: str, select: str = "") -> None:
            operations.invoke(cls(view, select, create=create))

    return Named


@Operations.implementation_for(RuleOp)
def _run_rule(operations: Operations, operation: RuleOp) -> None:
    connection = operations.get_bind()
    rule, dialect = operation.rule, connection.dialect.name
    for statement in rule.create(dialect) if operation.create else rule.drop(dialect):
        connection.exec_driver_sql(statement)
    if not operation.create:
        connection.info.setdefault(DROPPED, set()).add(rule.name)


@Operations.implementation_for(ViewOp)
def _run_view(operations: Operations, operation: ViewOp) -> None:
    made = f"CREATE VIEW {operation.view} AS {operation.select}" if operation.create else f"DROP VIEW {operation.view}"
    operations.get_bind().exec_driver_sql(made)


def _register() -> None:
    for create in (True, False):
        begun = "create" if create else "drop"
        named: list[tuple[str, type[MigrateOperation]]] = [
            (f"{begun}_{name}", _rule_operation(kind, create=create)) for name, kind in KINDS.items()
        ]
        named.append((f"{begun}_view", _view_operation(create=create)))
        for name, operation in named:
            Operations.register_operation(name, "run")(operation)


@renderers.dispatch_for(RuleOp)
def _render_rule(_context: AutogenContext, operation: RuleOp) -> str:
    name, table, on, *texts = (part for part in astuple(operation.rule) if part)
    if not operation.create:
        return f"op.{operation.name}({name!r}, {table!r})"
    return _call(operation.name, f"{name!r}, {table!r}, {on!r},", texts)


@renderers.dispatch_for(ViewOp)
def _render_view(_context: AutogenContext, operation: ViewOp) -> str:
    if not operation.create:
        return f"op.{operation.name}({operation.view!r})"
    return _call(operation.name, f"{operation.view!r},", [operation.select])


def _call(name: str, first: str, texts: Sequence[str]) -> str:
    """The source of an operation's call, with long texts broken between words."""
    lines = [f"op.{name}({first}"]
    for literal in texts:
        lines += [f"    {_quoted(piece)}" for piece in WRAPPER.wrap(literal)]
        lines[-1] += ","
    return "\n".join([*lines, ")"])


def _quoted(piece: str) -> str:
    """The piece as a Python literal, in which characters that show nothing by themselves are escaped."""
    return ascii(piece) if set(piece) & set(UNSEEN) - {" "} else repr(piece)


@comparators.dispatch_for("schema", priority=DispatchPriority.LAST)
def _compare(context: AutogenContext, upgrade: UpgradeOps, _schemas: object) -> None:
    """Drop rules that differ from their declaration before the tables change; create the declared ones afterwards."""
    connection = context.connection
    assert connection is not None  # noqa: S101 - Alembic only compares with a connection
    if connection.dialect.name != "sqlite":
        raise CommandError("Migrations are written from a SQLite database. Unset DATABASE_URL and try again.")
    now, wanted = dict(installed(connection)), {rule.name: rule for rule in declared(Model.metadata)}
    gone = [rule for name, rule in now.items() if wanted.get(name) != rule]
    new = [rule for name, rule in wanted.items() if now.get(name) != rule]
    upgrade.ops[:] = [each for operation in upgrade.ops for each in _with_values_for_old_rows(operation)]
    views, wanted_views = views_of(connection), dict(sql_views.selects())
    changed = views != wanted_views
    upgrade.ops[:0] = [
        *(RuleOp(rule, create=False) for rule in gone),
        *(ViewOp(*view, create=False) for view in reversed(views.items()) if changed),
    ]
    upgrade.ops += [
        *(ViewOp(*view, create=True) for view in wanted_views.items() if changed),
        *(RuleOp(rule, create=True) for rule in new),
    ]


def _with_values_for_old_rows(operation: MigrateOperation) -> Iterator[MigrateOperation]:
    """The operation, in which a new text is empty in the rows there are. New rows still have to give one."""
    yield operation
    if not isinstance(operation, ModifyTableOps):
        return
    for added in operation.ops:
        if not isinstance(added, AddColumnOp) or added.column.nullable or added.column.server_default is not None:
            continue
        column = added.column = added.column._copy()
        if not isinstance(column.type, String):
            raise CommandError(
                f"The rows there are have no value for {operation.table_name}.{column.name}. "
                "Let it be empty, or give its column a server_default."
            )
        column.server_default = DefaultClause(EMPTY)
        without = AlterColumnOp(
            operation.table_name,
            column.name,
            existing_type=column.type,
            existing_nullable=False,
            existing_server_default=column.server_default,
            modify_server_default=None,
        )
        yield ModifyTableOps(operation.table_name, [without])


def installed(connection: Connection) -> Iterator[tuple[str, Rule]]:
    """The guards and consequences in a SQLite database, by name, in the order they were created."""
    for name, sql in triggers_of(connection).items():
        yield name, from_sqlite(sql)


EMPTY = text("''")
DROPPED = "rules dropped on purpose"


class _FillsDerived(batch.ApplyBatchImpl):
    """Replaces a table on SQLite without copying the columns that the database fills, which Alembic tries to write."""

    def _grab_table_elements(self) -> None:
        super()._grab_table_elements()
        self.column_transfers.update({column.name: {} for column in self.table.columns if column.computed})


batch.ApplyBatchImpl = _FillsDerived  # type: ignore[misc]


class TriggersStay:
    """Restores triggers on SQLite, which changes a table by replacing it and loses the triggers of the old one.

    Alembic calls this after each migration, as `on_version_apply`.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.before = self._now()

    def __call__(self, **_given: object) -> None:
        if self.connection.dialect.name != "sqlite":
            return
        now, dropped = self._now(), self.connection.info.pop(DROPPED, set())
        tables = set(self.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        for name, sql in self.before.items():
            if name not in now and name not in dropped and from_sqlite(sql).table in tables:
                self.connection.exec_driver_sql(sql)
        self.before = self._now()

    def _now(self) -> dict[str, str]:
        return triggers_of(self.connection) if self.connection.dialect.name == "sqlite" else {}


_register()
