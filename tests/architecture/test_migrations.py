"""The migrations make exactly the database that the models describe: tables, constraints, indexes, guards and views."""

import os
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy
from alembic import op
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.operations.ops import AddColumnOp, ModifyTableOps
from alembic.util import CommandError
from click import ClickException
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Connection, Integer, String, inspect, text

from civtech import create_app
from civtech.core import sql_views
from civtech.core.db import Model, db
from civtech.core.guards import GUARDS, Guard, declared
from civtech.core.migrations import TriggersStay, _with_values_for_old_rows, installed
from tests.support.client import settings_for
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_empty(request, tmp_path):
    """Makes an application on an empty database of that name."""
    applications = []

    def make(name):
        if request.param == "postgres":
            url = new_database(request.getfixturevalue("postgres_server"), f"civtech_{name}_{os.getpid()}")
        else:
            url = f"sqlite:///{tmp_path}/{name}.db"
        applications.append(create_app(settings_for(url, tmp_path)))
        return applications[-1]

    yield make
    for app in applications:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


MANY = pytest.mark.takes(6, "It runs every migration.")


def flat(sql: str | None) -> str:
    return re.sub(r"[\s\"()]+", " ", sql or "").strip().lower()


def described() -> dict[str, object]:
    """Everything the database says about itself, in an order that does not depend on how it was made."""
    found: dict[str, object] = {}
    inspector = inspect(db.engine)
    for table in sorted(set(inspector.get_table_names()) - {"alembic_version"}):
        found[table] = {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)
            },
            "checks": sorted(
                (check["name"], flat(check["sqltext"])) for check in inspector.get_check_constraints(table)
            ),
            "unique": sorted(
                (unique["name"], tuple(unique["column_names"])) for unique in inspector.get_unique_constraints(table)
            ),
            "foreign": sorted(
                (key["name"], tuple(key["constrained_columns"]), key["referred_table"])
                for key in inspector.get_foreign_keys(table)
            ),
            "indexes": sorted(
                (index["name"], tuple(index["column_names"]), bool(index["unique"]))
                for index in inspector.get_indexes(table)
            ),
            "primary": tuple(inspector.get_pk_constraint(table)["constrained_columns"]),
        }
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            views = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        else:
            views = connection.execute(
                text("SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()")
            )
            rows = connection.execute(
                text(
                    "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
                    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
                )
            )
        found["guards"] = {name: flat(sql) for name, sql in rows}
        found["views"] = {name: flat(sql) for name, sql in views}
    return found


@MANY
def test_the_migrations_make_what_the_models_describe(on_empty):
    with on_empty("migrated").app_context():
        upgrade()
        from_migrations = described()
    with on_empty("described").app_context():
        db.create_all()
        from_models = described()
    assert from_migrations == from_models


@MANY
def test_the_migrations_go_down_and_up_again(on_empty):
    with on_empty("migrated").app_context():
        upgrade()
        before = described()
        downgrade(revision="base")
        assert described() == {"guards": {}, "views": {}}
        upgrade()
        assert described() == before


OTHERWISE = Guard("round_moves_as_declared", "round", "UPDATE OF state", "NEW.state IS DISTINCT FROM OLD.state", "No.")
"""A rule as an earlier version might have had it."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A connection to a SQLite database with every table and rule, as migrations see it."""
    app = create_app(settings_for(f"sqlite:///{tmp_path}/own.db", tmp_path))
    with app.app_context():
        db.create_all()
        with db.engine.connect() as made, made.begin():
            made.exec_driver_sql("PRAGMA legacy_alter_table=ON")
            yield made
        db.engine.dispose()


@MANY
def test_a_migration_is_written_for_changed_guards_and_views_and_makes_them(connection: Connection) -> None:
    for statement in (*GUARDS[OTHERWISE.name].drop("sqlite"), *OTHERWISE.create("sqlite")):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("DROP VIEW acting_for")
    context = MigrationContext.configure(connection)
    script = produce_migrations(context, Model.metadata)
    written = [operation.name for operation in script.upgrade_ops.ops]
    views = len(list(sql_views.selects()))
    assert written == ["drop_guard", *["drop_view"] * (views - 1), *["create_view"] * views, "create_guard"]
    exec(f"if True:\n    {render_python_code(script.upgrade_ops)}", {"op": Operations(context)})
    assert dict(installed(connection)) == {rule.name: rule for rule in declared(Model.metadata)}
    for operation in script.downgrade_ops.ops:
        Operations(context).invoke(operation)
    assert dict(installed(connection))[OTHERWISE.name] == OTHERWISE


def test_a_table_that_sqlite_makes_again_keeps_its_triggers(connection: Connection) -> None:
    stay, before = TriggersStay(connection), dict(installed(connection))
    operations = Operations(MigrationContext.configure(connection))
    with operations.batch_alter_table("challenge", recreate="always") as batch:
        batch.add_column(Column("added_later", String))
    assert len(dict(installed(connection))) < len(before)
    stay()
    assert dict(installed(connection)) == before


def test_a_rule_dropped_on_purpose_stays_away(connection: Connection) -> None:
    stay = TriggersStay(connection)
    Operations(MigrationContext.configure(connection)).drop_guard(OTHERWISE.name, OTHERWISE.table)
    stay()
    assert OTHERWISE.name not in dict(installed(connection))


def test_migrations_are_written_from_sqlite_only(on_empty: Callable[[str], Flask]) -> None:
    with on_empty("written").app_context(), db.engine.connect() as made:
        context = MigrationContext.configure(made)
        if made.dialect.name == "sqlite":
            assert produce_migrations(context, Model.metadata).upgrade_ops.ops
        else:
            with pytest.raises(CommandError, match="Unset DATABASE_URL"):
                produce_migrations(context, Model.metadata)


def test_a_new_text_is_empty_in_the_rows_there_are_and_has_to_be_given_in_new_ones(
    on_empty: Callable[[str], Flask],
) -> None:
    with on_empty("filled").app_context(), db.engine.connect() as made:
        if made.dialect.name != "sqlite":
            pytest.skip("Migrations are written from SQLite.")
        Model.metadata.create_all(made)
        for name in dict(installed(made)):
            made.exec_driver_sql(f"DROP TRIGGER {name}")
        for view, _select in reversed(list(sql_views.selects())):
            made.exec_driver_sql(f"DROP VIEW {view}")
        made.exec_driver_sql("ALTER TABLE organisation DROP COLUMN about")
        made.exec_driver_sql(
            "INSERT INTO organisation (reference, kind, legal_name, name_key, sort_key, created_at, version)"
            " VALUES ('O-1', 'company', 'Peat Ltd', 'peat', 'peat ltd', '2027-03-01', 1)"
        )
        context = MigrationContext.configure(made, opts={"render_as_batch": True})
        written = render_python_code(produce_migrations(context, Model.metadata).upgrade_ops, render_as_batch=True)
        with Operations.context(context):
            exec(textwrap.dedent(f"    {written}"), {"op": op, "sa": sqlalchemy})
        assert made.exec_driver_sql("SELECT about FROM organisation").all() == [("",)]
        (about,) = (found for found in inspect(made).get_columns("organisation") if found["name"] == "about")
        assert (about["nullable"], about["default"]) == (False, None)


def test_a_new_number_without_a_value_for_the_rows_there_are_is_not_written() -> None:
    added = AddColumnOp("challenge", Column("figure", Integer, nullable=False))
    with pytest.raises(CommandError, match=r"no value for challenge\.figure"):
        list(_with_values_for_old_rows(ModifyTableOps("challenge", [added])))


def test_a_database_from_before_says_how_to_start_again(on_empty: Callable[[str], Flask]) -> None:
    with on_empty("before").app_context():
        with db.engine.begin() as made:
            made.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            made.exec_driver_sql("INSERT INTO alembic_version VALUES ('0016')")
        with pytest.raises(ClickException, match="make demo-reset"):
            upgrade()
