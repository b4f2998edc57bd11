"""F2: a stage without a number of teams suggested the budget of one team, and promised it to every answer."""

import pytest
from flask import Flask

from civtech.challenges.forms import budget_field, figures_of
from civtech.programmes.paths import teams_in_words
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = [
    pytest.mark.usefixtures("now"),
    pytest.mark.xfail(strict=True, reason="Waits for the issue about stages without a number of teams."),
]


@pytest.mark.parametrize("key", ["exploration", "accelerator"])
def test_it_suggests_no_budget(worlds: Worlds, key: str) -> None:
    stage = worlds(Age.PREPARED, opened=False).stage(key)
    stage.teams = None
    assert figures_of([stage]).get(budget_field(stage)) is None


@pytest.mark.parametrize("key", ["interview", "exploration"])
def test_a_later_stage_is_for_the_teams_that_pass(app: Flask, worlds: Worlds, key: str) -> None:
    stage = worlds(Age.PREPARED, opened=False).stage(key)
    stage.teams = None
    with app.test_request_context():
        assert teams_in_words(stage) == "every team that passes"
