"""What the pages cost, whatever their length; and what judging adds to other pages."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from civtech.core.db import db
from civtech.judging.models import Assignment, AssignmentState, Decision, Score
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.proposals.models import Proposal
from civtech.web.tasks import tasks
from tests.support.databases import States
from tests.support.messages import fragment, wording
from tests.support.sql import without
from tests.world import Age, World, build
from tests.world.kept import Worlds

SignIn = Callable[[User], FlaskClient]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL sent inside the block, transactions' own words apart."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


BORN = {Proposal: ["proposal_begins_as_declared"], Assignment: ["assignment_begins_as_declared"]}


def judged(at: datetime, proposals: int) -> World:
    """Two judges have scored everything, differently."""
    world = build(Age.RECEIVED, at, teams=proposals, judges=2)
    world.convene(due_at=at + timedelta(days=3))
    for number, assignment in enumerate(world.assigned()):
        world.score(assignment, number % 6)
    return world


def proposed(at: datetime, proposals: int) -> tuple[World, Decision]:
    """A decision that waits for a second person."""
    world = build(Age.JUDGED, at, teams=proposals)
    return world, world.decided(world.proposals, release=False, at=at)


def copies(world: World, number: int) -> None:
    """`number` more candidates with locked scores, straight into the tables, so that 1,000 cost seconds only."""
    first, start = world.proposals[0], 10_000
    rows(
        Organisation,
        first.organisation,
        number,
        start,
        reference="O-{}",
        legal_name="Company {} Ltd",
        identifier_number="GB{}",
    )
    rows(Proposal, first, number, start, reference="P-{}", organisation_id=start)
    for place, judge in enumerate(world.judges, start=2):
        card, own = world.of(judge, first), start * place
        clear = {"state": AssignmentState.CLEAR, "locked_at": None}
        rows(Assignment, card, number, own, reference=f"A-{own}-{{}}", proposal_id=start, **clear)
        for score in card.scores:
            rows(Score, score, number, None, assignment_id=own, points=None)
    db.session.query(Assignment).filter_by(state=AssignmentState.CLEAR).update(
        {"state": AssignmentState.LOCKED, "locked_at": world.at}, synchronize_session=False
    )
    db.session.commit()


def rows(table: Any, one: Any, number: int, start: int | None, **changes: Any) -> None:
    """Copies of `one`: an integer counts up from there, a string is filled in, no points are points of all kinds."""
    written = [each.key for each in table.__mapper__.column_attrs if not each.columns[0].computed and each.key != "id"]
    plain = {key: getattr(one, key) for key in written}
    if start is not None:
        changes["id"] = start

    def changed(name: str, change: Any, place: int) -> Any:
        if isinstance(change, str):
            return change.format(place)
        if isinstance(change, int):
            return change + place
        return place % 6 if name == "points" else change

    made = [plain | {name: changed(name, change, place) for name, change in changes.items()} for place in range(number)]
    with without(*BORN.get(table, ())):
        db.session.execute(insert(table), made)


def test_a_long_queue_has_pages_with_every_proposal_once(worlds: Worlds, now: Any, signed_in: SignIn) -> None:
    world = worlds(judged, proposals=2)
    copies(world, 60)
    client = signed_in(world.judges[0])
    page = client.get("/judging")
    found = re.findall(r'href="(/assignments/[^"]+)"', page.text)
    assert "62 of 62" in page.text
    (following,) = re.findall(r'href="(/judging[^"]*)" rel="next"', page.text)
    rest = client.get(html.unescape(following))
    found += re.findall(r'href="(/assignments/[^"]+)"', rest.text)
    assert "62 of 62" in rest.text
    assert 'rel="next"' not in rest.text
    assert 'href="/judging" rel="prev"' in rest.text
    assert len(found) == len(set(found)) == 62


@pytest.mark.takes(8, "It ranks a thousand proposals, six times.")
def test_the_ranking_takes_four_statements_at_10_and_at_1000_rows(worlds: Worlds, now: Any, signed_in: SignIn) -> None:
    world = worlds(judged, proposals=10)
    client = signed_in(world.staff)
    address = world.url("/ranking")
    with statements() as few:
        assert client.get(address).status_code == 200
    copies(world, 990)
    with statements() as lots:
        page = client.get(address)
    assert "of 1,000" + fragment(" proposals pass.") in page.text
    assert "1 to 50 of 1,000" in page.text
    assert len(few) == len(lots) <= 4, "\n\n".join(lots)
    assert "951 to 1,000 of 1,000" in client.get(world.url("/ranking") + "?start=5000").text
    for nonsense in ("-1", "x", "9" * 50, ""):
        assert client.get(world.url("/ranking") + f"?start={nonsense}").status_code == 200


@pytest.mark.parametrize("page", ["", "/judges", "/assignments", "/decisions/new"])
def test_a_page_costs_the_same_for_more_proposals(worlds: Worlds, now: Any, signed_in: SignIn, page: str) -> None:
    world = worlds(judged, proposals=3)
    client = signed_in(world.staff)
    address = world.url(page)
    with statements() as few:
        assert client.get(address).status_code == 200
    copies(world, 20)
    with statements() as lots:
        assert client.get(address).status_code == 200
    assert len(few) == len(lots), "\n\n".join(sorted(set(lots) - set(few)))


def test_the_queue_and_the_decision_cost_the_same_for_more_proposals(
    worlds: Worlds, states: States, now: Any, signed_in: SignIn
) -> None:
    counts = []
    for proposals in (2, 5):
        world, decision = worlds(proposed, proposals=proposals)
        judge, colleague = signed_in(world.judges[0]), signed_in(world.colleague)
        reference, ranking = decision.reference, world.url("/ranking")
        with statements() as seen:
            assert judge.get("/judging").status_code == 200
            assert colleague.get(f"/decisions/{reference}").status_code == 200
            assert colleague.get(ranking).status_code == 200
        counts.append(len(seen))
        states.put_back()
    assert counts[0] == counts[1]


def titles(world: World, who: User) -> list[str]:
    return [str(task.title) for task in tasks(who, world.at) if str(task.group) == "Judging"]


def test_tasks_follow_the_judging(world: World, app: Any) -> None:
    with app.test_request_context():
        assert titles(world, world.staff) == [wording("Set up the panel: %(stage)s", stage="Sift")]
        judges, world.judges = world.judges, []
        world.convene(due_at=world.at + timedelta(hours=2))
        assert titles(world, world.staff) == ["Add judges to the panel"]
        for judge in judges:
            world.panel.seat(judge, by=world.staff, at=world.at)
        world.judges = judges
        db.session.flush()
        assert titles(world, world.staff) == ["Assign proposals to judges"]
        cards = world.assigned()
        judge = world.judges[0]
        assert titles(world, judge) == [wording("Declare your interests for %(count)s proposals", count=3)]
        assert titles(world, world.staff) == []
        world.panel.due_at = world.at - timedelta(hours=1)
        db.session.flush()
        assert titles(world, world.staff) == [wording("%(count)s judges are late with scorecards", count=2)]
        cards[0].declare_clear(by=cards[0].judge, at=world.at)
        db.session.flush()
        assert sorted(titles(world, cards[0].judge)) == [
            wording("Declare your interests for %(count)s proposals", count=2),
            wording("Score a proposal"),
        ]
        world.score_all_open()
        assert titles(world, judge) == []
        assert titles(world, world.staff) == ["Scoring is complete: propose the decision"]
        decision = world.decided(world.proposals, release=False)
        assert titles(world, world.staff) == []
        assert titles(world, world.colleague) == ["Approve a decision or send it back"]
        decision.approve(by=world.colleague, at=world.at)
        db.session.flush()
        assert titles(world, world.staff) == ["Tell the teams the outcome"]
        decision.release(by=world.staff, at=world.at)
        db.session.flush()
        assert titles(world, world.staff) == [wording("Set up the panel: %(stage)s", stage="Interview")]
        assert titles(world, world.company_owner) == []
        world.convene("interview")
        assert titles(world, world.staff) == ["Assign proposals to judges"]


def test_nobody_is_asked_to_fill_a_panel_before_anybody_got_there(world: World, app: Any) -> None:
    with app.test_request_context():
        world.convene()
        world.assigned()
        world.convene("interview")
        assert titles(world, world.staff) == []


def test_no_panel_is_asked_for_when_nobody_goes_on(world: World, app: Any) -> None:
    with app.test_request_context():
        world.convene()
        world.score_all(dict.fromkeys(world.proposals, 1))
        world.decided([])
        assert titles(world, world.staff) == []


def test_staff_read_on_the_challenge_what_comes_next(world: World, signed_in: SignIn) -> None:
    address = f"/challenges/{world.challenge.slug}"
    client = signed_in(world.staff)
    assert "View the panels" in client.get(f"{address}/proposals").text
    assert wording("Set up the panel: %(stage)s", stage="Sift") in client.get(address).text
    world.convene()
    db.session.commit()
    assert "Assign proposals to judges" in client.get(address).text
    world.score_all(dict.fromkeys(world.proposals, 4))
    world.decided(world.proposals)
    db.session.commit()
    assert wording("Set up the panel: %(stage)s", stage="Interview") in client.get(address).text
    assert fragment("Set up the panel") not in signed_in(world.author).get(address).text


def test_the_scores_of_one_proposal_are_a_heat_map_with_reasons(world: World, signed_in: SignIn) -> None:
    world.convene()
    first, second, third = world.proposals
    world.score_all({first: [5, 4, 3, 2], second: 4, third: 1})
    db.session.commit()
    client = signed_in(world.auditor)
    page = client.get(world.url(f"/ranking/{first.reference}")).text
    assert "Judge One" in page
    assert "Reason of Judge Two." in page
    assert "heat__cell--5" in page
    assert client.get(world.url("/ranking/P-0000-0000")).status_code == 404
    assert signed_in(world.judges[0]).get(world.url(f"/ranking/{first.reference}")).status_code == 404


def test_a_judge_finds_the_way_to_their_judging_also_when_it_is_over(world: World, signed_in: SignIn) -> None:
    assert 'href="/judging"' not in signed_in(world.staff).get("/home").text
    world.convene()
    world.score_all(dict.fromkeys(world.proposals, 5))
    world.decided(world.proposals)
    db.session.commit()
    page = signed_in(world.judges[0]).get("/home").text
    assert 'href="/judging"' in page
    assert "scorecards locked" not in page
