"""The migrations make exactly the database that the models describe: tables, constraints, indexes and guards."""

import re

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from civtech import create_app
from civtech.core.db import db
from tests.support.client import settings_for
from tests.support.postgres import new_database


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def two_databases(request, tmp_path):
    """An application on an empty database for the migrations, and one for the models."""
    applications = []
    for name in ("migrated", "described"):
        if request.param == "postgres":
            url = new_database(request.getfixturevalue("postgres_server"), f"civtech_{name}")
        else:
            url = f"sqlite:///{tmp_path}/{name}.db"
        applications.append(create_app(settings_for(url, tmp_path)))
    yield applications
    for app in applications:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


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
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        else:
            rows = connection.execute(
                text(
                    "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
                    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
                )
            )
        found["guards"] = {name: flat(sql) for name, sql in rows}
    return found


def test_the_migrations_make_what_the_models_describe(two_databases):
    migrated, modelled = two_databases
    with migrated.app_context():
        upgrade()
        from_migrations = described()
    with modelled.app_context():
        db.create_all()
        from_models = described()
    assert from_migrations == from_models


def test_the_migrations_go_down_and_up_again(two_databases):
    migrated, _modelled = two_databases
    with migrated.app_context():
        upgrade()
        before = described()
        downgrade(revision="base")
        assert described() == {"guards": {}}
        upgrade()
        assert described() == before
