"""The public list: in order, filtered in the address, paged, at the same price for ten rows and a thousand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from civtech.challenges.models import Challenge, ChallengeState, Question, StageBudget
from civtech.core.db import db
from tests.challenges.conftest import Enter
from tests.factories.challenges import BriefFactory
from tests.factories.verbs import DAY
from tests.support.messages import wording
from tests.support.sql import without
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("ordering")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent to the database inside the block, transactions apart."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.split()[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def many(world: World, number: int, *, together: bool = False) -> None:
    """Public challenges in bulk: three of four are open, the last is closed. All that do, close `together`."""
    at, then = world.at, world.at - 60 * DAY
    rows = [
        {
            "reference": f"C-{place:04}",
            "slug": f"how-can-we-{place:04}",
            "round_id": world.round.id,
            "sponsor_id": world.body.id,
            "state": ChallengeState.PUBLISHED,
            **vars(BriefFactory(question=f"How can we do {place:04}?", summary="s")),
            "drafted_at": then,
            "drafted_by_id": world.author.id,
            "proposed_at": then,
            "proposed_by_id": world.author.id,
            "approved_at": then,
            "approved_by_id": world.approver.id,
            "published_at": then,
            "published_by_id": world.staff.id,
            "opens_at": at - 40 * DAY,
            "questions_close_at": at - 30 * DAY,
            "closes_at": (
                at + (1 if together else place % 7 + 1) * DAY
                if place % 4
                else at - (0 if together else place) * DAY / 100 - DAY
            ),
            "version": 1,
        }
        for place in range(number)
    ]
    with without("challenge_begins_as_declared"):
        db.session.execute(insert(Challenge), rows)
    db.session.commit()


def pages_of(client: FlaskClient) -> Iterator[str]:
    """The pages of the list, one after the other."""
    address = "/challenges"
    while address:
        page = client.get(address).text
        yield page
        after = page.split('pager__link--next" href="')
        address = after[1].split('"')[0].replace("&amp;", "&") if len(after) > 1 else ""


def titles(page: str) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('class="question__title"')[1:]]


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_costs_at_most_four_statements(world: World, client: FlaskClient, number: int) -> None:
    many(world, number)
    with statements() as sent:
        assert client.get("/challenges").status_code == 200
    assert len(sent) <= 4, sent


@pytest.mark.parametrize("number", [1, 200])
def test_a_challenges_page_costs_at_most_five_statements_and_two_more_with_the_person_and_the_history(
    world: World, client: FlaskClient, signed_in: Enter, number: int
) -> None:
    challenge = world.published()
    with without("question_begins_as_declared"):
        db.session.execute(
            insert(Question),
            [
                {
                    "reference": f"Q-{place}",
                    "challenge_id": challenge.id,
                    "asker_id": world.stranger.id,
                    "state": "answered",
                    "text": "t",
                    "asked_at": world.at,
                    "answer": "a",
                    "answered_at": world.at,
                    "answered_by_id": world.author.id,
                    "version": 1,
                }
                for place in range(number)
            ],
        )
    slug = challenge.slug
    db.session.commit()
    with statements() as sent:
        assert client.get(f"/challenges/{slug}").status_code == 200
    assert len(sent) <= 5, sent
    stranger = signed_in(world.stranger)
    with statements() as sent:
        assert stranger.get(f"/challenges/{slug}").status_code == 200
    assert len(sent) <= 7, sent


@pytest.mark.parametrize("number", [3, 60])
def test_the_sponsors_list_costs_the_same_for_few_and_many(world: World, signed_in: Enter, number: int) -> None:
    many(world, number)
    author = signed_in(world.author)
    with statements() as sent:
        assert author.get("/challenges/manage").status_code == 200
    assert len(sent) <= 5, sent


def test_open_ones_come_first_by_closing_time_then_those_opening_soon_then_the_closed(
    world: World, client: FlaskClient
) -> None:
    world.published(opens=-20, closes=-1, question="How can we: closed yesterday?")
    world.published(opens=-20, closes=-5, question="How can we: closed last week?")
    world.published(opens=9, closes=30, question="How can we: opens later?")
    world.published(opens=2, closes=40, question="How can we: opens soon?")
    world.published(opens=-1, closes=20, question="How can we: open long?")
    world.published(opens=-1, closes=3, question="How can we: closes soon?")
    world.published(closes=2, question="How can we: cancelled?").cancel(message="x", by=world.approver, at=world.at)
    db.session.commit()
    expected = [
        "How can we: closes soon?",
        "How can we: open long?",
        "How can we: opens soon?",
        "How can we: opens later?",
        "How can we: closed yesterday?",
        "How can we: closed last week?",
        "How can we: cancelled?",
    ]
    assert titles(client.get("/challenges").text) == expected
    assert titles(client.get("/challenges?phase=scheduled").text) == expected[2:4]
    assert titles(client.get(f"/challenges?phase=closed&round={world.round.reference}").text) == expected[4:6]
    assert titles(client.get("/challenges?phase=cancelled").text) == expected[6:]


def test_the_pages_together_are_the_whole_list_once(world: World, client: FlaskClient) -> None:
    many(world, 70)
    pages = [titles(page) for page in pages_of(client)]
    assert len(pages) == 4
    assert sorted(chain(*pages)) == [f"How can we do {place:04}?" for place in range(70)]


def test_those_that_close_at_one_moment_come_in_the_order_of_their_drafts_over_several_pages(
    world: World, client: FlaskClient
) -> None:
    many(world, 96, together=True)
    pages = [titles(page) for page in pages_of(client)]
    places = sorted(range(96), key=lambda place: (place % 4 == 0, place))
    assert [*chain(*pages)] == [f"How can we do {place:04}?" for place in places]
    assert [len(page) for page in pages] == [20, 20, 20, 20, 16]


def test_a_page_after_a_later_phase_than_the_one_asked_for_is_empty(world: World, client: FlaskClient) -> None:
    many(world, 10)
    assert titles(client.get("/challenges?phase=open&after=closed-1700000000000000-1").text) == []
    assert len(titles(client.get("/challenges?phase=closed&after=open-1700000000000000-1").text)) == 3


@pytest.mark.parametrize(
    "query",
    [
        "after=",
        "after=nonsense",
        "after=open-99999999999999999-1",
        "after=open-1-999999999999999999",
        "after=closed--1-1",
        "phase=odd&round=%00",
        "phase=open&phase=closed",
        "round=R-AAAA-BBBB",
        "after=" + "9" * 3000,
    ],
)
def test_odd_addresses_are_no_error(world: World, client: FlaskClient, query: str) -> None:
    world.published()
    db.session.commit()
    assert client.get(f"/challenges?{query}").status_code == 200


def test_a_filter_without_result_says_so(world: World, client: FlaskClient) -> None:
    world.published()
    db.session.commit()
    assert wording("No challenges match") in client.get("/challenges?phase=closed").text


def test_the_number_of_answers_counts_no_waiting_question(world: World, client: FlaskClient) -> None:
    challenge = world.published()
    world.asked(challenge, "waiting")
    world.asked(challenge, "answered").give_answer(answer="a", by=world.author, at=world.at)
    db.session.commit()
    assert wording("%(num)s question answered", num="1") in client.get("/challenges").text


def test_money_on_the_page_is_what_the_sponsor_set_aside(
    app: Flask, worlds: Worlds, now: datetime, client: FlaskClient
) -> None:
    world = worlds(Age.PREPARED, pathway="sbri")
    challenge = world.published()
    assert db.session.query(StageBudget).count() == 2
    slug = challenge.slug
    db.session.commit()
    page = client.get(f"/challenges/{slug}").text
    assert wording("%(amount)s including VAT", amount="£50,000 each") in page
    assert "£541,666.69" in page
