"""A draft moves to another round, with its words, and with its money where the round has the same stage."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from tests.factories.people import UserFactory
from tests.factories.programmes import RoundFactory
from tests.factories.verbs import DAY
from tests.support.messages import fragment, pattern, wording
from tests.support.sheet import sheet
from tests.support.sql import done, refused, without
from tests.world import World

Enter = Callable[[User], FlaskClient]
EXPLORATION = wording("%(amount)s for %(stage)s", amount="£15,000", stage="Exploration")


@pytest.fixture
def further(world: World) -> Round:
    """Another round on the same pathway."""
    made = RoundFactory(by=world.staff, at=world.at - DAY, name="Round 13")
    db.session.commit()
    return made


def only() -> Challenge:
    db.session.expire_all()
    return db.session.scalars(select(Challenge)).unique().one()


def path(challenge: Challenge) -> str:
    return f"/challenges/{challenge.slug}/round"


def amounts(challenge: Challenge) -> dict[str, int]:
    return {budget.stage.key: budget.amount_pence for budget in challenge.budgets}


@pytest.mark.parametrize("who", ["author", "head", "staff"])
def test_authors_and_staff_move_a_draft_and_its_money_goes_with_it(
    world: World, further: Round, signed_in: Enter, who: str
) -> None:
    challenge = world.drafted()
    before = amounts(challenge)
    browser = signed_in(getattr(world, who))
    assert wording("Move this draft to another round") in browser.get(f"/challenges/{challenge.slug}").text
    page = browser.get(path(challenge))
    assert wording("In preparation.") in page.text
    assert f"{wording('These amounts will stay:')} <ul> <li>{EXPLORATION}" in " ".join(page.text.split())
    assert browser.post(path(challenge), data={**sheet(page), "round": further.reference}).status_code == 302
    moved = only()
    assert moved.round.name == "Round 13"
    assert amounts(moved) == before
    assert {budget.stage.round_id for budget in moved.budgets} == {moved.round_id}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "ChallengeMoved")).one()
    assert (entry.facts["from_round"], entry.facts["to"]) == (world.round.reference, further.reference)
    assert entry.facts["kept_pence"] == before
    assert wording("Budget set aside") not in browser.get(f"/challenges/{moved.slug}").text


def test_money_for_a_stage_that_the_other_round_lacks_is_removed_and_said_before(
    world: World, signed_in: Enter
) -> None:
    challenge = world.drafted()
    before = amounts(challenge)
    other = RoundFactory(by=world.staff, at=world.at - DAY, pathway__key="prize", name="Prize round")
    db.session.commit()
    browser = signed_in(world.author)
    page = browser.get(path(challenge))
    words = " ".join(page.text.split())
    removed = wording("These amounts will be removed because the round has no matching stage in the same currency:")
    assert f"{removed} <ul> <li>{EXPLORATION}" in words
    there = {stage.key for stage in other.funded_stages}
    if there - set(before):
        assert wording("After you move the draft, enter an amount for:") in words
    browser.post(path(challenge), data={**sheet(page), "round": other.reference})
    moved = only()
    assert set(amounts(moved)) == there & set(before)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "ChallengeMoved")).one()
    assert entry.facts["dropped_pence"] == {key: pence for key, pence in before.items() if key not in there}
    with pytest.raises(RuleViolation, match=fragment("the budget for “")):
        moved.propose(by=world.author, at=world.at)


def told() -> dict[str, str]:
    query = select(OutboxMessage, User.name).join(User, User.id == OutboxMessage.recipient_id)
    moved = query.where(OutboxMessage.template == "challenge_moved")
    return {name: letters.compose(message).body for message, name in db.session.execute(moved)}


def test_the_sponsors_authors_are_told_when_staff_move_their_draft(world: World, further: Round) -> None:
    world.drafted().move(to=further, by=world.staff, at=world.at)
    db.session.commit()
    words = told()
    assert set(words) == {"Hamish Head", "Ailsa Author", "Sandy Second"}
    assert all(
        fragment("Programme staff moved your draft") in said and "Round: Round 13" in said for said in words.values()
    )


def test_the_other_authors_are_told_when_one_of_them_moves_it(world: World, further: Round) -> None:
    world.drafted().move(to=further, by=world.author, at=world.at)
    db.session.commit()
    words = told()
    assert set(words) == {"Hamish Head", "Sandy Second"}
    assert all("Someone at Northern Roads Authority moved your draft" in said for said in words.values())


def test_a_page_opened_before_the_draft_was_moved_does_not_act(world: World, further: Round, signed_in: Enter) -> None:
    challenge = world.drafted()
    author, staff = signed_in(world.author), signed_in(world.staff)
    show = f"/challenges/{challenge.slug}"
    asking = sheet(author.get(show), "/approval-request")
    editing = sheet(author.get(f"{show}/draft"))
    moving = sheet(staff.get(path(challenge)))
    only().move(to=further, by=world.author, at=world.at)
    db.session.commit()
    assert author.post(f"{show}/approval-request", data=asking).status_code == 409
    answer = author.post(f"{show}/draft", data={**editing, "summary": "CANARY words"})
    assert answer.status_code == 409
    assert "CANARY words" in answer.text
    assert staff.post(path(challenge), data={**moving, "round": world.round.reference}).status_code == 409
    assert only().round.name == "Round 13"


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("state", ["put_forward", "approved", "published", "cancelled"])
def test_what_was_sent_for_approval_keeps_its_round(world: World, further: Round, signed_in: Enter, state: str) -> None:
    challenge = world.drafted() if state == "cancelled" else getattr(world, state)()
    if state == "cancelled":
        challenge.cancel(message="No money.", by=world.approver, at=world.at)
    db.session.commit()
    browser = signed_in(world.author)
    assert browser.get(path(challenge)).status_code == 302
    assert fragment("Move this draft") not in browser.get(f"/challenges/{challenge.slug}").text
    answer = browser.post(path(challenge), data={"seen": challenge.version, "round": further.reference})
    assert answer.status_code == 409
    refused("UPDATE challenge SET round_id = :other", other=further.id)


@pytest.mark.both_databases("guards")
def test_only_rounds_that_take_drafts_are_offered(world: World, further: Round, signed_in: Enter) -> None:
    long_ago = world.at - timedelta(days=3 * 365)
    old = RoundFactory(by=world.staff, at=long_ago, name="Round 3")
    old.open(by=world.staff, at=long_ago)
    gone = RoundFactory(by=world.staff, at=world.at - DAY, name="Round 11")
    gone.open(by=world.staff, at=world.at)
    db.session.flush()
    gone.finish(by=world.staff, at=world.at)
    challenge = world.drafted()
    db.session.commit()
    page = signed_in(world.author).get(path(challenge)).text
    assert "Round 13" in page
    assert "Round 3<" not in page
    assert "Round 11" not in page
    page = signed_in(world.author).get("/challenges/new").text
    assert "Round 13" in page
    assert "Round 3<" not in page
    with pytest.raises(WrongState, match=fragment("is closed")):
        only().move(to=gone, by=world.author, at=world.at)
    assert fragment("is closed") in refused("UPDATE challenge SET round_id = :gone", gone=gone.id)


@pytest.mark.parametrize("sent", [{}, {"round": ""}, {"round": "R-NONE-NONE"}, {"round": "x" * 5000}])
def test_an_odd_round_is_no_error_of_ours(world: World, further: Round, signed_in: Enter, sent: dict[str, str]) -> None:
    challenge = world.drafted()
    browser = signed_in(world.author)
    answer = browser.post(path(challenge), data={**sheet(browser.get(path(challenge))), **sent})
    assert answer.status_code == 422


def test_the_round_it_is_in_is_refused(world: World) -> None:
    challenge = world.drafted()
    with pytest.raises(RuleViolation, match=pattern("The draft is already in this round. Select another round.")):
        challenge.move(to=challenge.round, by=world.author, at=world.at)


def test_staff_of_one_round_move_drafts_to_their_own_rounds_only(
    world: World, further: Round, signed_in: Enter
) -> None:
    challenge = world.drafted()
    local = UserFactory(name="Lorna Local", at=world.at - 20 * DAY)
    RoleGrant.by_operator(
        local,
        ProgrammeRole.STAFF,
        at=world.at - 20 * DAY,
        scope=Scope(ScopeKind.ROUND, world.round.reference),
    )
    db.session.commit()
    browser = signed_in(local)
    page = browser.get(path(challenge))
    assert wording("There is no other round to move this draft to") in page.text
    answer = browser.post(path(challenge), data={"seen": challenge.version, "round": further.reference})
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["approver", "acceptor", "auditor", "stranger"])
def test_others_do_not_move_it(world: World, further: Round, signed_in: Enter, who: str) -> None:
    challenge = world.drafted()
    answer = signed_in(getattr(world, who)).get(path(challenge))
    assert answer.status_code == (404 if who == "stranger" else 403)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    ("state", "who", "task", "step"),
    [
        ("drafted", "author", "Move “", wording("Move this draft to another round")),
        (
            "put_forward",
            "approver",
            fragment("Send back “"),
            wording("Send this challenge back, then move it to another round"),
        ),
        (
            "approved",
            "staff",
            fragment("Send back “"),
            wording("Send this challenge back, then move it to another round"),
        ),
    ],
)
def test_a_draft_left_in_a_closed_round_asks_to_be_moved(
    world: World, further: Round, signed_in: Enter, state: str, who: str, task: str, step: str
) -> None:
    """Rounds that were closed before the database refused it hold such drafts."""
    challenge = getattr(world, state)()
    with without("round_waits_for_its_challenges"):
        done("UPDATE round SET state = 'finished', finished_at = opened_at WHERE state = 'open'")
    db.session.commit()
    browser = signed_in(getattr(world, who))
    assert f"{task}{challenge.question}" in browser.get("/home").text
    page = browser.get(f"/challenges/{challenge.slug}").text
    assert step in page
    assert f">{wording('Send for approval')}</button>" not in page
    assert ">Approve</button>" not in page
    challenge = only()
    if state != "drafted":
        challenge.send_back(message="The round is closed.", by=world.staff, at=world.at)
        db.session.flush()
    challenge.move(to=db.session.get_one(Round, further.id), by=world.author, at=world.at)
    db.session.commit()
    assert only().round.name == "Round 13"


@pytest.mark.both_databases("guards")
def test_the_database_sets_money_aside_for_stages_of_its_own_round_only(world: World, further: Round) -> None:
    challenge = world.drafted()
    with clock.at(world.at):
        said = refused(
            "UPDATE stage_budget SET stage_id = :other WHERE id = (SELECT MIN(id) FROM stage_budget)",
            other=further.funded_stages[0].id,
        )
    assert wording("You can only set a budget for stages in this challenge’s round.") in said
    refused(
        "INSERT INTO stage_budget (challenge_id, stage_id, amount_pence, currency) VALUES (:here, :other, 1, 'GBP')",
        here=challenge.id,
        other=further.funded_stages[0].id,
    )


def test_a_draft_typed_while_its_round_was_closed_gives_the_words_back(
    world: World, further: Round, signed_in: Enter
) -> None:
    author = signed_in(world.author)
    url = f"/challenges/new?round={world.round.reference}&sponsor={world.body.reference}"
    typed = {**sheet(author.get(url)), "question": "How can we hear otters?"}
    world.round.finish(by=world.staff, at=world.at)
    db.session.commit()
    answer = author.post(url, data=typed)
    assert answer.status_code == 409
    assert wording("This round no longer takes challenges. Copy your text, then select another round.") in answer.text
    assert "How can we hear otters?" in answer.text
