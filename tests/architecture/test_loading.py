"""Nothing is loaded that a query does not ask for: no relationship loads by itself, and no page makes it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import configure_mappers

import civtech
from civtech.challenges.models import Challenge
from civtech.core.db import Model, db
from civtech.core.workflow import transition
from civtech.people.models import User
from civtech.programmes.events import RoundOpened
from civtech.programmes.models import Round
from tests.factories.programmes import RoundFactory
from tests.support.loading import as_the_application
from tests.world import Age, World
from tests.world.kept import Worlds

SOURCE = Path(civtech.__file__).parent
# These options make a relationship load when it is read, which is what a query has to do at once.
LATER = re.compile(r"\b(?:lazyload|defaultload)\(|\blazy\s*=\s*(?!\"raise_on_sql\")")


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    """A published challenge with its round."""
    return worlds(Age.PUBLISHED)


def relationships() -> list[tuple[str, str]]:
    """Each relationship with the way it loads unless a query says otherwise."""
    configure_mappers()
    kept = (one for mapper in Model.registry.mappers for one in mapper.relationships)
    return sorted((str(one), str(one.lazy)) for one in kept)


def test_there_are_relationships_to_look_at():
    assert len(relationships()) > 70


@pytest.mark.parametrize(("name", "lazy"), relationships())
def test_a_relationship_loads_nothing_by_itself(name, lazy):
    assert lazy == "raise_on_sql"


def test_no_query_puts_loading_off_until_a_page_reads_it():
    put_off = [
        f"{path.relative_to(SOURCE)}: {found[0]}"
        for path in SOURCE.rglob("*.py")
        for found in LATER.finditer(path.read_text())
    ]
    assert put_off == []


def test_a_page_that_reads_what_its_query_did_not_load_fails(app: Flask, world: World):
    db.session.expunge_all()
    challenge = db.session.scalars(select(Challenge)).one()
    with as_the_application(), pytest.raises(InvalidRequestError, match=r"Challenge\.round"):
        challenge.round  # noqa: B018
    assert challenge.round.name


def test_no_query_inside_a_verb_writes_the_noun_half_changed(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch):
    there = RoundFactory(by=world.staff, at=world.at)
    db.session.flush()
    seen = []

    def look(self, *, by, at):
        self.changed_at = at
        seen.append(db.session.scalar(select(Round.changed_at).where(Round.id == self.id)))

    monkeypatch.setattr(Round, "look", transition(emits=RoundOpened, sets=("changed_at",))(look), raising=False)
    later = world.at + timedelta(days=1)
    there.look(by=world.staff, at=later)
    assert seen == [None]
    assert there.changed_at == later
    db.session.rollback()


def test_a_new_row_has_nothing_to_load(app: Flask):
    with as_the_application():
        person = User.register(name="Nan Shepherd", email="nan@people.example", at=datetime(2027, 3, 1, tzinfo=UTC))
        db.session.flush()
        assert (person.memberships, person.granted_roles, person.passkeys) == ([], [], [])
