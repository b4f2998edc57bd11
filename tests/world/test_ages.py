"""The worlds that other tests start in are what they say, every time."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from civtech import create_app
from civtech.core.db import Model, db
from tests.factories.verbs import NOW
from tests.support.client import settings_for
from tests.world import Age
from tests.world.kept import ELSEWHERE, TOO_LATE, Worlds

pytestmark = pytest.mark.both_databases("types")


def counted() -> dict[str, int]:
    found = {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Model.metadata.sorted_tables
    }
    db.session.rollback()
    return found


@pytest.mark.parametrize("age", Age)
def test_a_world_is_the_same_after_a_test_has_changed_it(worlds: Worlds, age: Age) -> None:
    world = worlds(age)
    people = {key: person.email for key, person in world.people.items()}
    before = counted()
    world.person("newcomer")
    world.staff.rename("Somebody Else", by=world.staff, at=NOW)
    db.session.commit()
    worlds.states.changed = False
    again = worlds(age)
    assert {key: person.email for key, person in again.people.items()} == people
    assert counted() == before
    assert again.staff.name == "Sorcha Staff"
    again.person("newcomer")
    db.session.commit()


def test_a_world_is_asked_for_before_anything_is_written(worlds: Worlds, now: object) -> None:
    worlds(Age.PREPARED).person("newcomer")
    db.session.commit()
    with pytest.raises(AssertionError, match=TOO_LATE):
        worlds(Age.PUBLISHED)


def test_a_world_is_built_in_the_database_of_the_test_only(worlds: Worlds, tmp_path: Path) -> None:
    worlds(Age.PREPARED)
    other = create_app(settings_for(f"sqlite:///{tmp_path}/other.db", tmp_path))
    with other.app_context(), pytest.raises(AssertionError, match=ELSEWHERE):
        worlds(Age.PREPARED)


def test_what_a_world_names_comes_with_it(worlds: Worlds) -> None:
    world = worlds(Age.FUNDED, teams=2)
    assert [proposal.organisation for proposal in world.proposals] == [world.company, world.rival]
    assert world.judges == [world.judge_one, world.judge_two]
    assert world.owner(world.proposals[1]) is world.rival_owner
