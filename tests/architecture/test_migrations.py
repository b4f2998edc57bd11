"""The migrations make exactly the database that the models describe: tables, constraints, indexes, guards and views."""

import re

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from civtech import create_app
from civtech.core.db import db
from tests.support.client import settings_for
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_empty(request, tmp_path):
    """Makes an application on an empty database of that name."""
    applications = []

    def make(name):
        if request.param == "postgres":
            url = new_database(request.getfixturevalue("postgres_server"), f"civtech_{name}")
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
    """Everything the database says of itself, in an order that does not depend on how it was made."""
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


WITH_SCOPES = "0008"
PERSON = (
    "INSERT INTO person (id, reference, name, email, active, fs_uniquifier, registered_at) "
    "VALUES (:id, :reference, 'Ada', :reference, true, :reference, '2026-01-02 09:00:00.000000')"
)
OLD = "INSERT INTO granted_role (user_id, role, since) VALUES (:who, :role, '2026-02-03 09:00:00.000000')"
NEW = (
    "INSERT INTO role_grant (reference, user_id, role, scope_kind, scope_reference, starts_at, ends_at, reason, state, "
    "asked_at, decided_at, version) VALUES (:reference, 1, :role, 'programme', '', '2026-02-03 09:00:00.000000', "
    ":ends, '', 'granted', '2026-02-03 09:00:00.000000', '2026-02-03 09:00:00.000000', 1)"
)


def rows(sql: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


@MANY
def test_roles_that_were_granted_before_scopes_go_on_for_the_whole_programme_and_back(on_empty):
    with on_empty("migrated").app_context():
        upgrade(revision=WITH_SCOPES)
        downgrade(revision="-1")
        with db.engine.begin() as connection:
            for number in (1, 2):
                connection.execute(text(PERSON), {"id": number, "reference": f"U-{number}"})
            for who, role in ((1, "staff"), (1, "auditor"), (2, "administrator")):
                connection.execute(text(OLD), {"who": who, "role": role})
        old = rows("SELECT user_id, role, since FROM granted_role ORDER BY id")
        upgrade(revision=WITH_SCOPES)
        kept = "user_id, role, starts_at"
        assert rows(f"SELECT {kept} FROM role_grant ORDER BY id") == old
        columns = "scope_kind, scope_reference, state, ends_at, asked_by_id, decided_by_id, decided_at = starts_at"
        assert rows(f"SELECT DISTINCT {columns} FROM role_grant") == [
            ("programme", "", "granted", None, None, None, True)
        ]
        assert len({reference for (reference,) in rows("SELECT reference FROM role_grant")}) == 3
        with db.engine.begin() as connection:
            for role, ends in (("judge", None), ("finance", "2990-01-01 00:00:00.000000")):
                connection.execute(text(NEW), {"reference": f"K-{role}", "role": role, "ends": ends})
        downgrade(revision="-1")
        assert sorted(rows("SELECT user_id, role, since FROM granted_role")) == sorted(old)
