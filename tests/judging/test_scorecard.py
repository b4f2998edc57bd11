"""The judge: declares before reading, scores alone, locks for good."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.judging.models import Assignment, AssignmentState, Score
from civtech.judging.models.bound import scored
from civtech.people.models import User
from civtech.web.seen import token
from tests.support.messages import fragment, pattern, wording
from tests.support.sql import joined_anyway
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("locks", "guards")

SignIn = Callable[[User], FlaskClient]
REASON = "It works <b>because</b> of ŵ “quotes” & 数字."


@pytest.fixture
def card(world: World) -> Assignment:
    """An assignment of the first judge."""
    world.convene()
    return next(one for one in world.assigned() if one.judge is world.judges[0])


@pytest.fixture
def clear(world: World, card: Assignment) -> Assignment:
    """The same, once no conflict is declared."""
    card.declare_clear(by=card.judge, at=world.at)
    db.session.commit()
    return card


def url(card: Assignment, rest: str = "") -> str:
    return f"/assignments/{card.reference}{rest}"


def typed(card: Assignment, points: int | None = 4, reason: str = REASON, **other: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"seen": token(scored(card))}
    for criterion in card.panel.stage.criteria:
        if points is not None:
            form[f"points_{criterion.position}"] = str(points)
        form[f"reason_{criterion.position}"] = reason
    return form | other


def test_before_the_declaration_only_who_applied_is_shown(
    worlds: Worlds, app: Any, now: Any, signed_in: SignIn
) -> None:
    world = worlds(Age.RECEIVED, words="CANARY-CONTENT")
    world.convene()
    card = next(one for one in world.assigned() if one.judge is world.judges[0])
    title, name = card.proposal.title, card.proposal.organisation.name
    client = signed_in(card.judge)
    page = client.get(url(card)).text
    assert name in page
    assert card.proposal.reference in page
    assert world.challenge.question in page
    assert "CANARY-CONTENT" not in page
    assert title not in page
    assert "CANARY-CONTENT" not in client.get("/judging").text
    assert title not in client.get("/judging").text
    assert client.get(f"/proposals/{card.proposal.reference}").status_code == 404
    assert client.post(url(card, "/scores"), data=typed(card)).status_code == 409
    assert client.post(url(card, "/lock"), data=typed(card)).status_code == 409
    assert client.post(url(card, "/declaration"), data={"interest": "clear"}).location == url(card)
    assert "CANARY-CONTENT" in client.get(url(card)).text
    assert title in client.get("/judging").text
    assert client.get(f"/proposals/{card.proposal.reference}").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, wording("Select whether you have a conflict of interest.")),
        ({"interest": "perhaps"}, wording("Select whether you have a conflict of interest.")),
        ({"interest": "conflict"}, wording("Describe the conflict of interest in one sentence.")),
        ({"interest": "conflict", "sentence": " \n"}, wording("Describe the conflict of interest in one sentence.")),
    ],
)
def test_a_declaration_says_yes_or_no_and_a_conflict_says_which(
    card: Assignment, signed_in: SignIn, sent: dict[str, str], said: str
) -> None:
    answer = signed_in(card.judge).post(url(card, "/declaration"), data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: " in answer.text


@pytest.mark.parametrize("declared_before", [False, True])
def test_a_conflict_ends_access_at_once(
    world: World, card: Assignment, signed_in: SignIn, declared_before: bool
) -> None:
    client = signed_in(card.judge)
    if declared_before:
        client.post(url(card, "/declaration"), data={"interest": "clear"})
        client.post(url(card, "/scores"), data=typed(db.session.get(Assignment, card.id, populate_existing=True)))
    answer = client.post(url(card, "/declaration"), data={"interest": "conflict", "sentence": "My sister works there."})
    assert (answer.status_code, answer.location) == (302, "/judging")
    assert client.get(url(card)).status_code == 404
    for rest in ("/scores", "/lock", "/declaration"):
        assert client.post(url(card, rest), data=typed(card)).status_code == 404
    assert client.get(f"/proposals/{card.proposal.reference}").status_code == 404
    queue = client.get("/judging").text
    assert wording("You are recused from this proposal.") in queue
    assert url(card) not in queue
    assert "My sister works there." not in signed_in(world.judges[1]).get("/judging").text


@pytest.mark.parametrize("declare", ["nothing", "conflict"])
def test_a_judge_of_the_sponsor_reads_nothing_before_declaring_or_once_recused(
    world: World, signed_in: SignIn, declare: str
) -> None:
    world.convene(judges=[world.author, world.judges[0]])
    proposal = world.proposals[0]
    client = signed_in(world.author)
    assert client.get(f"/proposals/{proposal.reference}").status_code == 200
    world.assigned()
    if declare == "conflict":
        world.of(world.author, proposal).declare_conflict(conflict="Shares.", by=world.author, at=world.at)
    db.session.commit()
    assert client.get(f"/proposals/{proposal.reference}").status_code == 404
    if declare == "nothing":
        world.of(world.author, proposal).declare_clear(by=world.author, at=world.at)
        db.session.commit()
        assert client.get(f"/proposals/{proposal.reference}").status_code == 200


def test_an_assignment_is_found_by_its_judge_only(world: World, clear: Assignment, signed_in: SignIn) -> None:
    for who in (world.judges[1], world.staff, world.auditor, world.author, world.company_owner, world.stranger):
        client = signed_in(who)
        assert client.get(url(clear)).status_code == 404
        for rest in ("/scores", "/lock", "/declaration"):
            assert client.post(url(clear, rest), data=typed(clear)).status_code == 404


def test_an_incomplete_scorecard_is_kept(clear: Assignment, signed_in: SignIn) -> None:
    client = signed_in(clear.judge)
    sent = typed(clear, points=None)
    sent["points_1"] = "4"
    assert client.post(url(clear, "/scores"), data=sent).location == url(clear)
    page = client.get(url(clear)).text
    assert (
        wording(
            "Saved so far: %(done)s of %(total)s criteria scored, %(percent)s%% of the highest possible score",
            done=1,
            total=4,
            percent="32.0",
        )
        in page
    )
    assert page.count("It works &lt;b&gt;because&lt;/b&gt; of ŵ “quotes” &amp; 数字.") == 4
    assert db.session.query(Score).count() == 4


def test_save_and_next_goes_to_the_next_open_assignment(world: World, clear: Assignment, signed_in: SignIn) -> None:
    client = signed_in(clear.judge)
    own = [one for one in world.assignments() if one.judge is clear.judge]
    seen = [clear]
    for _round in range(2):
        card = seen[-1]
        if card.state is AssignmentState.ASSIGNED:
            card.declare_clear(by=card.judge, at=world.at)
            db.session.commit()
        location = client.post(url(card, "/scores"), data=typed(card, then="next")).location
        seen.append(next(one for one in own if url(one) == location))
    assert len({one.id for one in seen}) == 3


def test_locking_names_what_is_missing_and_keeps_what_was_typed(clear: Assignment, signed_in: SignIn) -> None:
    client = signed_in(clear.judge)
    sent = typed(clear)
    del sent["points_2"]
    sent["reason_3"] = "  "
    answer = client.post(url(clear, "/lock"), data=sent)
    names = [criterion.name for criterion in clear.panel.stage.criteria]
    assert answer.status_code == 422
    assert wording("Select a score for “%(criterion)s”.", criterion=names[1]) in answer.text
    assert wording("Enter a reason for your score for “%(criterion)s”.", criterion=names[2]) in answer.text
    assert 'href="#points_2"' in answer.text
    assert 'href="#reason_3"' in answer.text
    assert answer.text.count("It works &lt;b&gt;because&lt;/b&gt;") == 3
    assert answer.text.count(" checked") == 3
    assert db.session.query(Score).count() == 0


def test_a_locked_scorecard_counts_and_cannot_be_changed(clear: Assignment, signed_in: SignIn) -> None:
    client = signed_in(clear.judge)
    assert client.post(url(clear, "/lock"), data=typed(clear)).location == "/judging"
    db.session.expire_all()
    assert clear.state is AssignmentState.LOCKED
    page = client.get(url(clear)).text
    assert fragment("You locked this scorecard at") in page
    assert "<form class=" not in page
    assert client.post(url(clear, "/scores"), data=typed(clear, points=0)).status_code == 409
    assert client.post(url(clear, "/lock"), data=typed(clear, points=0)).status_code == 409
    assert (
        client.post(url(clear, "/declaration"), data={"interest": "conflict", "sentence": "Late."}).status_code == 409
    )
    assert {score.points for score in clear.scores} == {4}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE score SET points = 0",
        "UPDATE score SET reason = 'better'",
        "DELETE FROM score",
        "INSERT INTO score (assignment_id, criterion_id, points, reason, version) "
        "SELECT assignment_id, 10, 5, 'x', 1 FROM score LIMIT 1",
        "UPDATE assignment SET state = 'clear', locked_at = NULL WHERE state = 'locked'",
        "UPDATE assignment SET judge_id = judge_id + 1 WHERE state = 'locked'",
        "UPDATE assignment SET locked_at = '2020-01-01 00:00:00+00:00' WHERE state = 'locked'",
        "DELETE FROM assignment WHERE state = 'locked'",
    ],
)
def test_the_database_keeps_what_is_locked(world: World, card: Assignment, statement: str) -> None:
    world.score(card, 4)
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_database_locks_no_incomplete_scorecard(clear: Assignment) -> None:
    lock = text("UPDATE assignment SET state = 'locked', locked_at = '2027-03-01 10:00:00+00:00' WHERE id = :id")
    with pytest.raises(IntegrityError, match=fragment("a score and a reason")):
        db.session.execute(lock, {"id": clear.id})
    db.session.rollback()


def test_the_database_takes_no_scores_before_the_declaration(card: Assignment) -> None:
    db.session.add(Score(assignment_id=card.id, criterion=card.panel.stage.criteria[0], points=3, reason="Peeked."))
    with pytest.raises(
        IntegrityError,
        match=pattern("You cannot change this scorecard now. It is locked, or the decision has been proposed."),
    ):
        db.session.flush()
    db.session.rollback()


def test_the_database_keeps_a_recusal(world: World, card: Assignment) -> None:
    card.declare_conflict(conflict="Shares.", by=card.judge, at=world.at)
    db.session.commit()
    for statement in (
        "UPDATE assignment SET state = 'clear', conflict = NULL WHERE state = 'recused'",
        "UPDATE assignment SET conflict = 'none really' WHERE state = 'recused'",
        "DELETE FROM assignment WHERE state = 'recused'",
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(text(statement))
        db.session.rollback()


def test_scores_from_another_window_are_not_overwritten_unseen(clear: Assignment, signed_in: SignIn) -> None:
    client = signed_in(clear.judge)
    old = typed(clear, points=1, reason="From the old window.")
    assert client.post(url(clear, "/scores"), data=typed(clear)).status_code == 302
    answer = client.post(url(clear, "/scores"), data=old)
    assert answer.status_code == 409
    assert fragment("You saved this scorecard in another window.") in answer.text
    assert answer.text.count("From the old window.") == 4
    db.session.expire_all()
    assert {score.points for score in clear.scores} == {4}
    assert client.post(url(clear, "/scores"), data=old | {"seen": token(scored(clear))}).status_code == 302


@pytest.mark.parametrize("points", ["6", "-1", "3.5", "x", "٣", "9" * 400])
def test_points_off_the_scale_are_refused(clear: Assignment, signed_in: SignIn, points: str) -> None:
    answer = signed_in(clear.judge).post(url(clear, "/scores"), data=typed(clear, points_1=points))
    assert answer.status_code == 422
    assert wording("Select a score from 0 to 5.") in answer.text
    assert "It works &lt;b&gt;because" in answer.text


def test_a_reason_that_is_too_long_is_said_and_kept(clear: Assignment, signed_in: SignIn) -> None:
    answer = signed_in(clear.judge).post(url(clear, "/scores"), data=typed(clear, reason="x" * 4001))
    assert answer.status_code == 422
    assert answer.text.count("x" * 4001) == 4


def test_a_judge_sees_only_their_own_scores(world: World, clear: Assignment, signed_in: SignIn) -> None:
    other = world.of(world.judges[1], clear.proposal)
    world.score(other, 5, reason="CANARY-REASON")
    world.score(world.of(world.judges[0], world.proposals[1]), 2)
    db.session.commit()
    client = signed_in(clear.judge)
    for address in (url(clear), "/judging", "/home"):
        assert "CANARY-REASON" not in client.get(address).text
    client.post(url(clear, "/lock"), data=typed(clear))
    assert "CANARY-REASON" not in client.get(url(clear)).text
    assert client.get(world.url("/ranking")).status_code == 404


def test_a_judge_who_joins_the_applicant_can_only_declare_the_conflict(
    world: World, clear: Assignment, signed_in: SignIn
) -> None:
    joined_anyway(clear.judge, clear.proposal.organisation, world.at)
    db.session.commit()
    client = signed_in(clear.judge)
    assert client.post(url(clear, "/lock"), data=typed(clear)).status_code == 409
    db.session.expire_all()
    with pytest.raises(WrongState, match=fragment("so you cannot judge it")):
        clear.save(marks={}, by=clear.judge, at=world.at)


def test_scores_on_another_stages_criteria_are_refused(world: World, clear: Assignment) -> None:
    foreign = world.stage("interview").criteria[0]
    with pytest.raises(RuleViolation, match=pattern("This criterion belongs to another stage.")):
        clear.save(marks={foreign: (5, "Sneaky.")}, by=clear.judge, at=world.at)


def test_the_queue_shows_progress(world: World, clear: Assignment, signed_in: SignIn) -> None:
    world.score(world.of(world.judges[0], world.proposals[1]), 2)
    db.session.commit()
    page = signed_in(clear.judge).get("/judging").text
    assert wording("%(done)s of %(total)s scorecards locked", done="1", total="3") in page
    assert wording("Ready to score") in page
    assert wording("You have nothing to judge") in signed_in(world.stranger).get("/judging").text
