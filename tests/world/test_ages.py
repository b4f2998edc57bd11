"""The worlds that other tests start in are what they say, each time anew."""

import pytest
from sqlalchemy import func, select

from civtech.core.db import Model, db
from tests.factories.verbs import NOW
from tests.world import Age
from tests.world.kept import Worlds

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
