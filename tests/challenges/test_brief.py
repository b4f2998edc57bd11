"""What is declared once about each part of a challenge is what its form, check, guard, pages and export do."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from civtech.challenges import personal
from civtech.challenges.models import PARTS, Challenge, Part, brief, guards
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.frozen import FROZEN, table_of
from civtech.core.guards import GUARDS
from civtech.core.personal import PARTS as EXPORTS
from tests.challenges.conftest import Enter
from tests.support.messages import pattern, wording
from tests.support.sheet import sheet
from tests.support.sql import done, refused, without
from tests.world import World

KEYS = [part.key for part in PARTS]
Declare = Callable[..., Part]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Say something else about one part, for this test."""

    def again(key: str, **said: object) -> Part:
        changed = tuple(replace(part, **said) if part.key == key else part for part in PARTS)  # type: ignore[arg-type]
        monkeypatch.setattr(brief, "PARTS", changed)
        return next(part for part in changed if part.key == key)

    return again


def test_every_part_has_a_column_and_a_value_in_a_brief(world: World) -> None:
    words = {key: f"Words about {key}" for key in KEYS}
    made = world.drafted(**words)
    assert {key: getattr(made, key) for key in KEYS} == words
    assert vars(made.brief) == words


def test_optional_parts_may_be_left_out_and_others_not() -> None:
    needed = {part.key: "Words" for part in PARTS if part.to_send}
    assert brief.Brief(**needed).constraints == ""
    for key in needed:
        with pytest.raises(TypeError, match=key):
            brief.Brief(**{other: text for other, text in needed.items() if other != key})


def test_the_form_asks_for_every_part_in_the_order_it_is_read(world: World, signed_in: Enter) -> None:
    page = signed_in(world.author).get("/challenges/new")
    assert [name for name in sheet(page) if name in KEYS] == KEYS
    for part in PARTS:
        assert part.label in page.text
        assert part.hint in page.text


@pytest.mark.parametrize("part", PARTS, ids=KEYS)
def test_a_part_that_is_too_long_is_refused_with_what_was_typed(world: World, signed_in: Enter, part: Part) -> None:
    author = signed_in(world.author)
    sent = {**sheet(author.get("/challenges/new")), **dict.fromkeys(KEYS, "Words"), part.key: (part.most + 1) * "x"}
    page = author.post("/challenges/new", data=sent)
    assert (page.status_code, sheet(page)[part.key]) == (422, sent[part.key])
    sent[part.key] = part.most * "x"
    assert author.post("/challenges/new", data=sent).status_code == 302


@pytest.mark.parametrize("part", PARTS, ids=KEYS)
def test_an_empty_part_is_refused_when_it_is_needed(world: World, signed_in: Enter, part: Part) -> None:
    author = signed_in(world.author)
    page = author.post(
        "/challenges/new", data={**sheet(author.get("/challenges/new")), **dict.fromkeys(KEYS, "Words"), part.key: " "}
    )
    assert page.status_code == (422 if part.to_save else 302)
    assert not part.to_save or part.to_save in page.text
    if part.to_save:
        with pytest.raises(RuleViolation, match=pattern(part.to_save)):
            world.drafted(**{part.key: ""})
    else:
        said = [str(missing) for missing in world.drafted(**{part.key: ""}).missing()]
        assert said == ([wording(part.to_send)] if part.to_send else [])


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("state", ["put_forward", "approved", "published"])
def test_every_part_is_fixed_once_it_was_sent_for_approval(world: World, key: str, state: str) -> None:
    getattr(world, state)(constraints="None.")
    refused(f"UPDATE challenge SET {key} = 'Forged'")


def test_the_pages_show_every_part_that_is_written(world: World, signed_in: Enter, client: FlaskClient) -> None:
    words = {key: f"Words about {key}" for key in KEYS}
    address = f"/challenges/{world.published(**words).slug}"
    db.session.commit()
    for reader in (client, signed_in(world.author), signed_in(world.staff)):
        page = reader.get(address).text
        assert [text for text in words.values() if text not in page] == []


def test_an_optional_part_without_words_is_not_shown_and_a_needed_one_says_so(world: World, signed_in: Enter) -> None:
    draft = world.drafted(constraints="", need="")
    db.session.commit()
    page = signed_in(world.author).get(f"/challenges/{draft.slug}").text
    optional = next(part for part in PARTS if part.key == "constraints")
    assert optional.label not in page
    assert page.count(wording("Not written yet")) == 1


def test_a_part_that_is_not_public_is_shown_to_those_who_work_on_it_alone(
    world: World, declare: Declare, signed_in: Enter, client: FlaskClient
) -> None:
    label = declare("constraints", is_public=False).label
    address = f"/challenges/{world.published(constraints='CANARY').slug}"
    db.session.commit()
    for inside in (world.author, world.approver, world.staff):
        assert "CANARY" in signed_in(inside).get(address).text
    for outside in (client, signed_in(world.person("passer"))):
        page = outside.get(address).text
        assert "CANARY" not in page
        assert label not in page


def test_what_staff_check_before_publication_is_what_the_public_will_read(
    world: World, declare: Declare, signed_in: Enter
) -> None:
    declare("constraints", is_public=False)
    address = f"/challenges/{world.approved(constraints='CANARY', need='OPEN').slug}/publication"
    db.session.commit()
    staff = signed_in(world.staff)
    sent = sheet(staff.get(address))
    for name, (day, time) in {"opens_at": (2, 9), "questions_close_at": (10, 12), "closes_at": (20, 12)}.items():
        sent |= {f"{name}-day": str(day), f"{name}-month": "3", f"{name}-year": "2027", f"{name}-time": f"{time}:00"}
    page = staff.post(address, data=sent).text
    assert "OPEN" in page
    assert "CANARY" not in page


@pytest.fixture
def naming(declare: Declare, monkeypatch: pytest.MonkeyPatch) -> None:
    """The route to adoption can name a person: whoever revised the draft last wrote it."""
    declare("adoption", writer="revised_by_id")
    monkeypatch.setattr(personal, "NAMING", [(Challenge.adoption, Challenge.revised_by_id)])
    monkeypatch.setattr(personal, "WRITERS", (Challenge.revised_by_id,))


@pytest.mark.usefixtures("naming")
def test_words_about_people_are_exported_for_the_person_who_wrote_them_alone(world: World, now: datetime) -> None:
    draft = world.drafted(adoption="Ask Morag")
    draft.revise(brief=replace(draft.brief, adoption="Ask Iain"), budgets={}, by=world.approver, at=now)
    db.session.flush()
    read = EXPORTS["challenges"].read
    assert [row["adoption"] for row in db.session.execute(read(world.approver)).mappings()] == ["Ask Iain"]
    assert [row["adoption"] for row in db.session.execute(read(world.author)).mappings()] == [None]


@pytest.mark.usefixtures("naming")
@pytest.mark.both_databases("guards")
def test_words_about_people_are_erased_with_the_person_who_wrote_them_alone(world: World, now: datetime) -> None:
    draft = world.drafted(adoption="Ask Morag")
    draft.revise(brief=replace(draft.brief, adoption="Ask Iain"), budgets={}, by=world.approver, at=now)
    db.session.flush()
    assert personal.forget_words_about_people(world.author, now) == 0
    assert personal.forget_words_about_people(world.approver, now) == 1
    db.session.expire_all()
    assert (draft.adoption, draft.revised_by_id, draft.need) == ("", None, "Islanders lose a day each week.")


@pytest.mark.usefixtures("naming")
def test_who_wrote_words_about_people_changes_with_those_words_alone(world: World) -> None:
    draft = world.drafted(adoption="Ask Morag")
    assert draft.revised_by_id == world.author.id
    draft.write(replace(draft.brief, need="Another need"), world.approver)
    assert draft.revised_by_id == world.author.id
    draft.write(replace(draft.brief, adoption="Ask Iain"), world.approver)
    assert draft.revised_by_id == world.approver.id
    draft.write(replace(draft.brief, adoption=""), world.author)
    assert draft.revised_by_id is None


@pytest.mark.both_databases("guards")
def test_words_about_people_can_be_erased_after_publication_but_not_rewritten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.published(adoption="Ask Morag")
    naming = replace(next(part for part in PARTS if part.key == "adoption"), writer="revised_by_id")
    rule = replace(FROZEN["challenge_is_fixed"], unless=guards.only_erased([naming]))
    fixed = replace(GUARDS["challenge_is_fixed"], condition=rule.condition(table_of(Challenge)))
    db.session.flush()
    with without("challenge_is_fixed"):
        connection = db.session.connection()
        done("UPDATE challenge SET revised_by_id = drafted_by_id")
        for statement in fixed.create(connection.dialect.name):
            connection.exec_driver_sql(statement)
        assert fixed.message in refused("UPDATE challenge SET adoption = 'Forged'")
        assert fixed.message in refused("UPDATE challenge SET adoption = ''")
        assert fixed.message in refused("UPDATE challenge SET revised_by_id = NULL")
        done("UPDATE challenge SET adoption = '', revised_by_id = NULL")
        for statement in fixed.drop(connection.dialect.name):
            connection.exec_driver_sql(statement)


def named_in_summary(page: str) -> list[str]:
    """What the summary of problems at the top of a page says."""
    return re.findall(r'<li><a href="#[\w-]+">(.*?)</a></li>', page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the budget for %(stage)s, such as 15,000."),
        ("lots", "Budget for %(stage)s: Enter an amount in pounds, such as 5,000 or 5,000.50."),
        ("-5", "Budget for %(stage)s: Amount must be zero or more."),
    ],
)
def test_the_summary_names_a_field_for_money_unless_its_sentence_does(
    world: World, signed_in: Enter, typed: str, said: str
) -> None:
    author = signed_in(world.author)
    sent = {**sheet(author.get("/challenges/new")), **dict.fromkeys(KEYS, "Words"), "budget_exploration": typed}
    page = author.post("/challenges/new", data=sent)
    assert page.status_code == 422
    assert named_in_summary(page.text) == [said % {"stage": world.stage().name}]


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "Enter the date the challenge opens."), ("31", "Challenge opens: ")],
    ids=["empty", "impossible"],
)
def test_the_summary_names_a_field_for_a_day_unless_its_sentence_does(
    world: World, signed_in: Enter, day: str, said: str
) -> None:
    address = f"/challenges/{world.approved().slug}/publication"
    db.session.commit()
    staff = signed_in(world.staff)
    parts = {"opens_at-day": day, "opens_at-month": day and "2", "opens_at-year": day and "2027"}
    problems = named_in_summary(staff.post(address, data={**sheet(staff.get(address)), **parts}).text)
    assert problems[0].startswith(said)
    assert ("Challenge opens" in problems[0]) == bool(day)
