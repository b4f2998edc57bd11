"""E1: text that nobody can see is no text, in forms, in models and in the database, for every column that needs one."""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError

import civtech
from civtech.challenges.models import Question
from civtech.core.blank import ERASABLE, NOTHING_TO_SEE, UNSEEN, is_blank, tables_with_text, texts
from civtech.core.db import Model, db
from civtech.core.errors import RuleViolation
from civtech.core.guards import declared
from civtech.people.models.names import refuse_bad_name
from civtech.web.fields.words import one_line, several_lines
from tests.architecture.furnished import everything
from tests.support.messages import pattern, wording
from tests.support.sheet import sheet
from tests.world import Age, World
from tests.world.kept import Worlds

NOTHING = {
    "white space": " \t\n\u00a0\u2003\u3000",
    "zero width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphens": "\u00ad\u00ad",
    "a mark alone": "\u0301",
    "marks of other scripts": "\u064b\u05b0\u093f"[:2],
    "blank letters": "\u3164\u115f\u1160\uffa0",
    "blank braille": "\u2800",
    "tags": "\U000e0041\U000e007f",
    "variation selectors": "\ufe0f\U000e0100",
    "joiners": "\u200c\u200d",
    "direction marks": "\u200e\u200f\u202e",
    "a mix": " \u200b\n\u0301\ufeff ",
}
SOMETHING = ("a", "0", ".", "é", "e\u0301", "王", "🙂", "\u200bx\u200b", "\u3164ㅏ", "\u06f1", "∅", "\u200d\u200d-")


@pytest.mark.parametrize("typed", NOTHING.values(), ids=NOTHING)
def test_e1_nothing_to_see_is_empty(typed: str) -> None:
    assert is_blank(typed)
    assert (one_line(typed), several_lines(typed)) == ("", "")
    with pytest.raises(RuleViolation, match=pattern(NOTHING_TO_SEE)):
        refuse_bad_name(typed)


@pytest.mark.parametrize("typed", SOMETHING)
def test_e1_something_to_see_stays(typed: str) -> None:
    assert not is_blank(typed)
    assert one_line(typed) == several_lines(typed) == typed


def test_e1_the_list_has_every_character_of_the_kinds_that_show_nothing() -> None:
    kinds = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"}
    known = {sign for code in range(1, sys.maxunicode + 1) if unicodedata.category(sign := chr(code)) in kinds}
    assert known - set(UNSEEN) == set()
    others = {unicodedata.category(sign) for sign in set(UNSEEN) - known}
    assert others == {"Lo", "So", "Cn"}
    assert len(set(UNSEEN)) == len(UNSEEN)


@pytest.fixture
def connection(worlds: Worlds) -> Iterator[Connection]:
    worlds(everything)
    yield db.session.connection()
    db.session.rollback()


def only_these_guards(connection: Connection, table: Table) -> None:
    """Remove every rule of `table` but those against text that no one can see."""
    for rule in declared(Model.metadata):
        if rule.table == table.name and "_says_something_on_" not in rule.name:
            for statement in rule.drop(connection.dialect.name):
                connection.exec_driver_sql(statement)


def refused(statement: str, **values: object) -> str:
    with pytest.raises(DBAPIError) as caught, db.session.begin_nested():
        assert db.session.execute(text(statement), values).rowcount, f"nothing was touched by {statement}"
    return str(caught.value.orig)


def copied(table: Table, **changed: str) -> str:
    names = [column.name for column in table.columns if column.computed is None]
    chosen = ", ".join(changed.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table.name}" ({listed}) SELECT {chosen} FROM "{table.name}" LIMIT 1'


@pytest.mark.both_databases("guards")
def test_e1_the_database_refuses_it_in_every_column_of_text(connection: Connection) -> None:
    filled = [
        table
        for table in tables_with_text(Model.metadata)
        if connection.execute(text(f'SELECT 1 FROM "{table.name}"')).first()
    ]
    for table in filled:
        only_these_guards(connection, table)
    if connection.dialect.name == "sqlite":
        db.session.commit()  # otherwise SQLite would read the whole schema again after each refusal
    tried = 0
    for table in filled:
        for column in texts(table):
            for blank in ("\u200b\u0301", "\u3164", " "):
                change = f'UPDATE "{table.name}" SET "{column.name}" = :blank'
                assert NOTHING_TO_SEE in refused(change, blank=blank), column
                assert NOTHING_TO_SEE in refused(copied(table, **{column.name: ":blank"}), blank=blank), column
            tried += 1
    assert tried > 90


@pytest.mark.both_databases("guards")
def test_e1_an_empty_text_is_refused_where_it_must_say_something(connection: Connection) -> None:
    tables = Model.metadata.tables
    must = (("question", "text"), ("deliverable", "evidence"), ("decision", "reason"), ("round", "name"))
    may = (("section", "body"), ("challenge", "constraints"), ("organisation", "about"))
    for name in ("role_grant", *dict(must), *dict(may)):
        only_these_guards(connection, tables[name])
    for name, column in must:
        assert NOTHING_TO_SEE in refused(f"UPDATE {name} SET {column} = ''"), name
    for name, column in may:
        assert connection.execute(text(f"UPDATE {name} SET {column} = ''")).rowcount
    assert tables["role_grant"].columns["message"].info == ERASABLE
    assert connection.execute(text("UPDATE role_grant SET message = ''")).rowcount
    assert NOTHING_TO_SEE in refused(copied(tables["role_grant"], message="''"))


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    return worlds(Age.PUBLISHED)


@pytest.mark.parametrize("typed", ["\u200b", "\u3164", "\u2060\u0301"])
def test_e1_a_form_asks_for_it_again(world: World, signed_in: Callable[..., FlaskClient], typed: str) -> None:
    address = f"/challenges/{world.published().slug}/questions/new"
    db.session.commit()
    stranger = signed_in(world.stranger)
    asked = stranger.post(address, data={**sheet(stranger.get(address)), "text": typed})
    assert (asked.status_code, wording("Enter your question.") in asked.text) == (422, True)
    author = signed_in(world.author)
    draft = author.post("/challenges/new", data={**sheet(author.get("/challenges/new")), "question": typed})
    assert draft.status_code == 422


def test_e1_a_model_refuses_it(world: World) -> None:
    with pytest.raises(RuleViolation, match=pattern("Enter your question.")):
        Question.ask(challenge=world.published(), text="\u200b", by=world.company_owner, at=world.at)


def test_e1_no_rule_asks_for_white_space_instead() -> None:
    packages = Path(civtech.__file__).parent
    rules = {path: path.read_text() for path in packages.glob("*/models/*.py")}
    other = re.compile(r"not [\w.()]+\.strip\(\)|length\(trim\(|trim\([^)]*\) (?:<>|=) ''")
    assert [path.name for path, source in rules.items() if other.search(source)] == []
    assert len(rules) > 80
