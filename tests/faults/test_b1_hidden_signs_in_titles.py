"""Titles that look the same but are not: a zero-width space in a question, a round’s name or another one-line text."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.signs import HIDDEN
from civtech.people.models import User
from civtech.programmes.models import Round
from civtech.proposals.forms import TITLE
from civtech.proposals.models.limits import refuse_unfit
from civtech.stages.models.plan import Plan, refuse_bad
from tests.support.messages import pattern, wording
from tests.support.sheet import sheet
from tests.world import Age
from tests.world.kept import Worlds

SIGNS = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u200e", "\n"]
Enter = Callable[[User], FlaskClient]


def a_milestone(title: str) -> None:
    refuse_bad(
        Plan(title=title, success_criteria="It counts.", due_on=date(2027, 5, 1), amount_pence=100, vat_per_cent=20)
    )


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_no_title_has_a_sign_that_no_one_sees(worlds: Worlds, sign: str) -> None:
    world, title = worlds(Age.PREPARED), f"How can we count g{sign}ulls?"
    made: list[Callable[[], object]] = [
        lambda: world.drafted(question=title),
        lambda: Round.create(name=title, pathway=world.round.pathway, currency="GBP", by=world.staff, at=world.at),
        lambda: refuse_unfit(TITLE, title, field="title"),
        lambda: a_milestone(title),
    ]
    for make in made:
        with pytest.raises(RuleViolation):
            make()
        db.session.rollback()


@pytest.mark.parametrize("title", ["How can we count gulls? 🎉", "چگونه می‌توانیم؟", "Ünïcode – “deg” é"])
def test_a_title_in_any_script_is_fine(worlds: Worlds, title: str) -> None:
    assert worlds(Age.PREPARED).drafted(question=title).question == title
    a_milestone(title)


def test_the_form_says_so_and_keeps_what_was_typed(worlds: Worlds, now: datetime, signed_in: Enter) -> None:
    world = worlds(Age.PREPARED)
    draft = world.drafted()
    db.session.commit()
    author, url = signed_in(world.author), f"/challenges/{draft.slug}/draft"
    typed = sheet(author.get(url)) | {"question": "How can we count g\u200bulls?"}
    page = author.post(url, data=typed)
    assert page.status_code == 422
    assert wording(HIDDEN) in page.text
    assert "count g\u200bulls?" in page.text
    with pytest.raises(RuleViolation, match=pattern(HIDDEN)):
        world.drafted(question="How can we count g\u200bulls?")
