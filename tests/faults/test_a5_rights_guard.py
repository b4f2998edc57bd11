"""A5: a challenge whose text moved all IP and 10% of the shares was published above "Equity taken: None"."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from civtech.challenges.models import PARTS, Challenge, ChallengeState, RightsCheck, RightsCheckKind, RightsCheckState
from civtech.challenges.models.rights_check import (
    ANOTHER_APPROVES,
    CHECKED_ALREADY,
    NEEDS_NO_ONE_ELSE,
    NOT_IN_REVIEW,
    TOO_SHORT,
)
from civtech.challenges.models.rights_words import phrases_in
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.demo.words import read
from civtech.notifications import letters
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.transparency import queries as register
from civtech.web.display import instant
from tests.factories.challenges import BriefFactory
from tests.factories.people import UserFactory
from tests.factories.verbs import DAY
from tests.seen.scene import Change
from tests.support.messages import pattern, wording
from tests.support.sheet import sheet
from tests.support.sql import done, moment, refused, without
from tests.world import Age, World
from tests.world.kept import Worlds

Enter = Callable[[User], FlaskClient]
MOVES = "All intellectual property will be transferred to the council, and the council takes 10% of the shares."
NOT_CLEAR = wording("Staff must first check what this challenge says about intellectual property and equity.")
BECAUSE = "The phrase is about a museum’s own collection."
EXCEPTION = {
    "what": "Copyright in the tide tables",
    "to_whom": "Northern Roads Authority",
    "reason": "The law on tide tables requires it.",
}


@pytest.fixture
def world(worlds: Worlds, now: datetime) -> World:
    return worlds(Age.PREPARED)


@pytest.fixture
def other(world: World) -> User:
    """Another member of staff."""
    made = UserFactory(staff=True, email="other@staff.example", at=world.at - 30 * DAY)
    db.session.commit()
    return made


def moving(world: World, **words: str) -> Challenge:
    """An approved challenge whose constraints move IP and equity."""
    challenge = world.approved(**(words or {"constraints": MOVES}))
    db.session.commit()
    return challenge


def published(challenge: Challenge, world: World) -> Challenge:
    db.session.expire_all()
    at = world.at
    dates = {"opens_at": at, "questions_close_at": at + 5 * DAY, "closes_at": at + 9 * DAY}
    challenge.publish(**dates, by=world.staff, at=at)
    db.session.commit()
    return challenge


def recorded(challenge: Challenge, by: User, at: datetime, **words: str) -> RightsCheck:
    check = RightsCheck.record(challenge=challenge, by=by, at=at, **({"reason": BECAUSE} | words))
    db.session.commit()
    return check


def cleared(challenge: Challenge, world: World, other: User, **words: str) -> RightsCheck:
    """A record that its text moves nothing, with which it can be published."""
    check = recorded(challenge, world.staff, world.at, **words)
    if challenge.needs_another(check.kind):
        check.approve(by=other, at=world.at)
        db.session.commit()
    return check


def sent(template: str) -> set[str]:
    messages = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == template))
    people = {message.recipient_id for message in messages}
    return set(db.session.scalars(select(User.email).where(User.id.in_(people))))


def path(challenge: Challenge) -> str:
    return f"/challenges/{challenge.slug}/rights"


# The rule


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_a_phrase_in_any_part_of_the_text_keeps_it_from_being_published(world: World, part: str) -> None:
    challenge = moving(world, **{part: "How can it be that all patents vest in the council?"})
    assert challenge.phrases_found
    with pytest.raises(WrongState, match=pattern(NOT_CLEAR)):
        published(challenge, world)


@pytest.mark.parametrize("words", [MOVES, "We get royalties.", "Work for hire."])
def test_a_recorded_reason_clears_exactly_this_text(world: World, other: User, words: str) -> None:
    challenge = moving(world, need=words)
    cleared(challenge, world, other)
    challenge.send_back(message="Again.", by=world.approver, at=world.at)
    brief = BriefFactory(need=words, summary="Another summary.")
    budgets = {budget.stage: budget.amount_pence for budget in challenge.budgets}
    challenge.revise(brief=brief, budgets=budgets, by=world.author, at=world.at)
    challenge.propose(by=world.author, at=world.at)
    challenge.approve(by=world.approver, at=world.at)
    db.session.commit()
    with pytest.raises(WrongState, match=pattern(NOT_CLEAR)):
        published(challenge, world)
    db.session.rollback()
    cleared(challenge, world, other)
    assert published(challenge, world).state is ChallengeState.PUBLISHED


def test_a_text_sent_back_and_not_changed_keeps_its_record(world: World, other: User) -> None:
    challenge = moving(world)
    cleared(challenge, world, other)
    challenge.send_back(message="Wait.", by=world.approver, at=world.at)
    challenge.propose(by=world.author, at=world.at)
    challenge.approve(by=world.approver, at=world.at)
    assert published(challenge, world).exception is None


def test_a_text_without_such_phrases_needs_no_record(world: World) -> None:
    assert published(world.approved(), world).rights_check is None


def test_an_exception_needs_another_member_of_staff(world: World, other: User) -> None:
    challenge = moving(world)
    check = recorded(challenge, world.staff, world.at, **EXCEPTION)
    with pytest.raises(WrongState, match=pattern(NOT_CLEAR)):
        published(challenge, world)
    db.session.rollback()
    with pytest.raises(RuleViolation, match=pattern(ANOTHER_APPROVES)):
        check.approve(by=world.staff, at=world.at)
    check.approve(by=other, at=world.at)
    assert published(challenge, world).exception == check


@pytest.mark.parametrize(
    ("words", "another"),
    [
        (MOVES, True),
        ("The programme acquires an equity stake of two per cent.", True),
        ("Deliverables are the property of the Crown.", True),
        ("We jointly own the algorithms and receive royalties.", True),
        ("The council receives royalties.", False),
        ("We have the right of first refusal.", False),
        ("Teams may read about geistiges Eigentum.", False),
    ],
)
def test_a_strong_phrase_needs_another_member_of_staff_even_if_nothing_moves(
    world: World, other: User, words: str, another: bool
) -> None:
    challenge = moving(world, need=words)
    check = recorded(challenge, world.staff, world.at)
    assert challenge.rights_are_clear is not another
    if not another:
        with pytest.raises(WrongState, match=pattern(NEEDS_NO_ONE_ELSE)):
            check.approve(by=other, at=world.at)
        return
    assert other.email in sent("rights_check_to_approve")
    with pytest.raises(RuleViolation, match=pattern(ANOTHER_APPROVES)):
        check.approve(by=world.staff, at=world.at)
    check.approve(by=other, at=world.at)
    db.session.commit()
    assert (sent("rights_check_answered"), sent("rights_exception_approved")) == ({world.staff.email}, set())
    assert published(challenge, world).exception is None
    assert db.session.execute(register.register()).one().exception is None


def test_staff_can_name_an_exception_that_no_phrase_shows_and_it_holds_the_publication(world: World) -> None:
    challenge = moving(world, need="Islanders lose a day.")
    recorded(challenge, world.staff, world.at, **EXCEPTION)
    with pytest.raises(WrongState, match=pattern(NOT_CLEAR)):
        published(challenge, world)


def test_a_record_is_withdrawn_by_anyone_of_the_staff_before_publication_only(world: World, other: User) -> None:
    challenge = moving(world)
    recorded(challenge, world.staff, world.at).withdraw(by=other, at=world.at)
    db.session.commit()
    db.session.expire_all()
    assert (challenge.rights_check, sent("rights_check_withdrawn")) == (None, {world.staff.email})
    check = cleared(challenge, world, other)
    published(challenge, world)
    with pytest.raises(WrongState):
        check.withdraw(by=other, at=world.at)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x"}, "reason"),
        ({"reason": "No.  \u200b\n \u200b  It is \u00a0\u00a0   fine."}, "reason"),
        (EXCEPTION | {"reason": "The law, section 4."}, "reason"),
        ({"what": "All patents"}, "to_whom"),
        ({"to_whom": "The council"}, "what"),
        ({"what": "\u00a0", "to_whom": "The council"}, "what"),
    ],
)
def test_a_record_says_everything_it_must(world: World, words: dict[str, str], field: str) -> None:
    challenge = moving(world)
    with pytest.raises(RuleViolation) as said:
        recorded(challenge, world.staff, world.at, **words)
    assert said.value.field == field


def test_a_draft_is_not_checked_yet_and_a_text_is_checked_once(world: World) -> None:
    draft = world.drafted(need=MOVES)
    with pytest.raises(WrongState, match=pattern(NOT_IN_REVIEW)):
        recorded(draft, world.staff, world.at)
    challenge = moving(world)
    recorded(challenge, world.staff, world.at)
    with pytest.raises(WrongState, match=pattern(CHECKED_ALREADY)):
        recorded(challenge, world.staff, world.at)


def test_the_audit_log_has_the_text_and_the_record_as_digests(world: World) -> None:
    challenge = moving(world)
    recorded(challenge, world.staff, world.at)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.event == "RightsCheckRecorded")).one()
    assert entry.facts["text_sha256"] == challenge.text_digest
    assert (entry.facts["challenge"], entry.facts["kind"]) == (challenge.reference, "harmless")
    assert BECAUSE not in str(entry.facts)


# The database


@pytest.mark.both_databases("guards")
def test_the_database_publishes_nothing_without_the_record_of_this_text(world: World, other: User) -> None:
    publish = (
        "UPDATE challenge SET state = 'published', published_at = :at, published_by_id = :staff, opens_at = :at, "
        "questions_close_at = :at, closes_at = :later WHERE id = :id"
    )
    challenge = moving(world)
    values = {
        "id": challenge.id,
        "staff": world.staff.id,
        "at": moment(world.at),
        "later": moment(world.at + DAY),
    }
    assert NOT_CLEAR in refused(publish, **values)
    check = recorded(challenge, world.staff, world.at, **EXCEPTION)
    assert NOT_CLEAR in refused(publish, **values)
    with without("rights_check_is_fixed"):
        check.approve(by=other, at=world.at)
        done("UPDATE rights_check SET text_digest = 'another'")
        assert NOT_CLEAR in refused(publish, **values)
        done("UPDATE rights_check SET text_digest = :digest", digest=challenge.text_digest)
    done(publish, **values)


@pytest.mark.both_databases("guards")
def test_the_database_asks_for_the_second_person_exactly_where_a_phrase_is_strong(world: World, other: User) -> None:
    publish = (
        "UPDATE challenge SET state = 'published', published_at = :at, published_by_id = :staff, opens_at = :at, "
        "questions_close_at = :at, closes_at = :later WHERE id = :id"
    )
    when = {"at": moment(world.at), "later": moment(world.at + DAY), "staff": world.staff.id}
    strong, weak = moving(world), moving(world, need="The council receives royalties.")
    checks = [recorded(each, world.staff, world.at) for each in (strong, weak)]
    approve = "UPDATE rights_check SET state = 'approved', approved_at = :at, approved_by_id = :by WHERE id = :id"
    assert wording(NEEDS_NO_ONE_ELSE) in refused(approve, at=when["at"], by=other.id, id=checks[1].id)
    assert NOT_CLEAR in refused(publish, **when, id=strong.id)
    done(publish, **when, id=weak.id)
    done(approve, at=when["at"], by=other.id, id=checks[0].id)
    done(publish, **when, id=strong.id)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("part", ["need", "summary", "question"])
def test_the_database_changes_no_text_without_its_check(world: World, part: str) -> None:
    draft = world.drafted()
    sql = f"UPDATE challenge SET {part} = 'All patents vest in us.' WHERE id = :id"
    message = wording("The text of a challenge can only change together with the check of its rights.")
    assert message in refused(sql, id=draft.id)
    done(sql.replace(" WHERE", ", text_digest = 'another' WHERE"), id=draft.id)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    "change",
    [
        "approved_by_id = recorded_by_id, approved_at = recorded_at, state = 'approved'",
        "state = 'approved'",
        "refused_by_id = recorded_by_id, refused_at = recorded_at, message = 'No', state = 'refused'",
        "withdrawn_by_id = :author, withdrawn_at = recorded_at, state = 'withdrawn'",
        "approved_by_id = :author, approved_at = recorded_at, state = 'approved'",
        "reason = 'Another'",
        "what = 'Nothing'",
        "kind = 'harmless', what = '', to_whom = ''",
        "text_digest = 'another'",
    ],
)
def test_the_database_keeps_what_was_recorded(world: World, change: str) -> None:
    recorded(moving(world), world.staff, world.at, **EXCEPTION)
    values = {"author": world.author.id} if ":author" in change else {}
    refused(f"UPDATE rights_check SET {change}", **values)


@pytest.mark.both_databases("guards")
def test_the_database_keeps_a_record_once_published_and_never_deletes_it(world: World, other: User) -> None:
    challenge = moving(world)
    cleared(challenge, world, other)
    refused("DELETE FROM rights_check")
    published(challenge, world)
    values = {"at": moment(world.at), "other": other.id}
    refused("UPDATE rights_check SET state = 'withdrawn', withdrawn_at = :at, withdrawn_by_id = :other", **values)


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("who", ["author", "stranger"])
def test_the_database_takes_a_record_from_staff_only(world: World, who: str) -> None:
    challenge = moving(world)
    sql = (
        "INSERT INTO rights_check (reference, challenge_id, kind, state, text_digest, what, to_whom, reason, "
        "recorded_at, recorded_by_id, version) VALUES "
        "('K-1', :challenge, 'harmless', 'recorded', :digest, '', '', 'It is about a museum only.', :at, :who, 1)"
    )
    values = {"challenge": challenge.id, "at": moment(world.at), "digest": challenge.text_digest}
    refused(sql, **values, who=getattr(world, who).id)
    refused(sql, **values | {"digest": "another"}, who=world.staff.id)
    for little in ("x", "It is about" + 9 * " \u200b", "It is about \u00a0\t\n mus."):
        said = sql.replace("'It is about a museum only.'", ":reason")
        assert wording(TOO_SHORT) in refused(said, **values, who=world.staff.id, reason=little)
    done(sql, **values, who=world.staff.id)


@pytest.mark.both_databases("guards")
def test_an_agreement_under_an_exception_does_not_count_as_one_that_keeps_the_rule(
    worlds: Worlds, now: datetime
) -> None:
    world = worlds(Age.FUNDED)
    world.in_force()
    db.session.flush()
    assert db.session.execute(register.equity()).one() == (1, 0)
    with without("rights_check_is_of_a_text_in_review", "rights_check_begins_as_declared"):
        done(
            "INSERT INTO rights_check (reference, challenge_id, kind, state, text_digest, what, to_whom, reason, "
            "recorded_at, recorded_by_id, approved_at, approved_by_id, version) SELECT 'Z-1', id, 'exception', "
            "'approved', text_digest, 'Code', 'Us', 'An old law requires this.', published_at, :staff, published_at, "
            ":second, 1 "
            "FROM challenge",
            staff=world.staff.id,
            second=world.colleague.id,
        )
    assert db.session.execute(register.equity()).one() == (0, 0)


# The pages


def test_authors_are_told_while_they_draft(world: World, signed_in: Enter) -> None:
    draft = world.drafted(constraints=MOVES)
    db.session.commit()
    page = signed_in(world.author).get(f"/challenges/{draft.slug}").text
    assert "“Constraints” says “intellectual property will be transferred”." in page
    assert "“Constraints” says “takes 10% of the shares”." in page
    assert path(draft) not in page


def test_the_approver_sees_it_too_and_can_still_approve(world: World, signed_in: Enter) -> None:
    challenge = world.put_forward(constraints=MOVES)
    db.session.commit()
    page = signed_in(world.approver).get(f"/challenges/{challenge.slug}").text
    assert "“Constraints” says “takes 10% of the shares”." in page
    assert wording("Approve challenge") in page


def test_staff_check_from_home_and_publish(world: World, client: FlaskClient, signed_in: Enter) -> None:
    challenge = moving(world, constraints="The council receives royalties from each sale.")
    staff = signed_in(world.staff)
    assert path(challenge) in staff.get("/home").text
    assert NOT_CLEAR in staff.get(f"/challenges/{challenge.slug}").text
    page = staff.get(path(challenge))
    data = sheet(page) | {"kind": "harmless", "reason": BECAUSE}
    assert staff.post(path(challenge), data=data).status_code == 302
    assert path(challenge) not in staff.get("/home").text
    assert BECAUSE in signed_in(world.author).get(f"/challenges/{challenge.slug}").text
    published(challenge, world)
    public = client.get(f"/challenges/{challenge.slug}").text
    assert BECAUSE not in public
    assert wording("Equity taken") in public


def test_an_exception_is_approved_by_another_and_public_everywhere(
    world: World, other: User, client: FlaskClient, signed_in: Enter
) -> None:
    challenge = moving(world)
    staff, second = signed_in(world.staff), signed_in(other)
    data = sheet(staff.get(path(challenge))) | {"kind": "exception"} | EXCEPTION
    assert staff.post(path(challenge), data=data).status_code == 302
    asked = sent("rights_check_to_approve")
    assert (other.email in asked, world.staff.email in asked, world.author.email in asked) == (True, False, False)
    assert wording("Approve exception") not in staff.get(path(challenge)).text
    assert path(challenge) not in staff.get("/home").text
    assert path(challenge) in second.get("/home").text
    check = db.session.scalars(select(RightsCheck)).one()
    action = f"{path(challenge)}/{check.reference}/approval"
    assert staff.post(action, data=sheet(second.get(path(challenge)), "approval")).status_code == 403
    assert second.post(action, data=sheet(second.get(path(challenge)), "approval")).status_code == 302
    assert sent("rights_check_answered") == {world.staff.email}
    assert world.author.email in sent("rights_exception_approved")
    published(challenge, world)
    for page in (f"/challenges/{challenge.slug}", f"/register/{challenge.slug}", "/register"):
        text = client.get(page).text
        assert wording("Exception to the rights rule") in text or EXCEPTION["what"] in text
        assert EXCEPTION["what"] in text
        assert wording("Equity taken") not in text


def test_every_list_marks_a_challenge_with_an_exception(
    world: World, other: User, client: FlaskClient, signed_in: Enter
) -> None:
    marked, plain = moving(world), moving(world, need="The council receives royalties.")
    recorded(marked, world.staff, world.at, **EXCEPTION).approve(by=other, at=world.at)
    recorded(plain, world.staff, world.at)
    for challenge in (marked, plain):
        published(challenge, world)
    mark = wording("Rights: exception")
    for page in ("/", "/challenges", "/register"):
        assert client.get(page).text.count(mark) == 1, page
    assert signed_in(world.author).get("/challenges/manage").text.count(mark) == 1
    marked.cancel(message="No more tides.", by=world.approver, at=world.at)
    db.session.commit()
    for page in ("/challenges", "/register"):
        assert client.get(page).text.count(mark) == 1, page


def test_a_refused_exception_is_said_to_its_recorder_with_the_message(
    world: World, other: User, signed_in: Enter
) -> None:
    challenge = moving(world)
    check = recorded(challenge, world.staff, world.at, **EXCEPTION)
    second = signed_in(other)
    action = f"{path(challenge)}/{check.reference}/refusal"
    empty = second.post(action, data=sheet(second.get(action)) | {"message": " "})
    assert (empty.status_code, check.state) == (422, RightsCheckState.RECORDED)
    assert second.post(action, data=sheet(second.get(action)) | {"message": "Not needed."}).status_code == 302
    assert sent("rights_check_answered") == {world.staff.email}
    assert "Not needed." in signed_in(world.staff).get(path(challenge)).text
    message = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "rights_check_answered")).one()
    letter = letters.compose(message)
    assert "refused" in letter.subject
    assert "Not needed." in letter.body


def test_a_text_that_changed_while_the_page_was_open_is_not_cleared(world: World, signed_in: Enter) -> None:
    challenge = moving(world)
    staff = signed_in(world.staff)
    data = sheet(staff.get(path(challenge))) | {"kind": "harmless", "reason": BECAUSE}
    challenge.send_back(message="Again.", by=world.approver, at=world.at)
    budgets = {budget.stage: budget.amount_pence for budget in challenge.budgets}
    challenge.revise(brief=BriefFactory(need=MOVES), budgets=budgets, by=world.author, at=world.at)
    challenge.propose(by=world.author, at=world.at)
    db.session.commit()
    page = staff.post(path(challenge), data=data)
    assert page.status_code == 409
    assert BECAUSE in page.text
    assert db.session.scalars(select(RightsCheck)).all() == []


def test_an_exception_withdrawn_while_the_page_was_open_is_not_approved(
    world: World, other: User, signed_in: Enter
) -> None:
    challenge = moving(world)
    check = recorded(challenge, world.staff, world.at, **EXCEPTION)
    second = signed_in(other)
    data = sheet(second.get(path(challenge)), "approval")
    check.withdraw(by=world.staff, at=world.at)
    db.session.commit()
    page = second.post(f"{path(challenge)}/{check.reference}/approval", data=data)
    assert (page.status_code, check.state) == (409, RightsCheckState.WITHDRAWN)


def test_contradictory_answers_are_refused_and_kept(world: World, signed_in: Enter) -> None:
    challenge = moving(world)
    staff = signed_in(world.staff)
    seen = sheet(staff.get(path(challenge))) | {"kind": "harmless", "reason": BECAUSE}
    for answer in ({"what": "All patents"}, {"to_whom": "The council"}, {"what": "All patents", "to_whom": "Us"}):
        page = staff.post(path(challenge), data=seen | answer)
        assert page.status_code == 422
        assert wording("Remove this, or select “Exception to the rights rule”.") in page.text
        assert all(words in page.text for words in answer.values())
    assert staff.post(path(challenge), data=seen | {"reason": "x"}).status_code == 422
    assert db.session.scalars(select(RightsCheck)).all() == []
    staff.post(path(challenge), data=seen)
    with current_app.test_request_context():
        when = instant(world.at)
    recorder = wording("Recorded by %(person)s, %(instant)s.", person=world.staff.name, instant=when)
    page = staff.get(path(challenge)).text
    assert recorder in page
    assert wording("Another member of staff must approve this before the challenge can be published.") in page


def test_odd_answers_are_said_and_kept(world: World, signed_in: Enter) -> None:
    challenge = moving(world)
    staff = signed_in(world.staff)
    seen = sheet(staff.get(path(challenge)))
    for answer in ({"reason": BECAUSE}, {"kind": "odd", "reason": BECAUSE}, {"kind": "exception", "reason": BECAUSE}):
        page = staff.post(path(challenge), data=seen | answer)
        assert (page.status_code, BECAUSE in page.text) == (422, True)
    page = staff.post(path(challenge), data=seen | {"kind": "exception", "reason": "x" * 2001, "what": "y\0"})
    assert page.status_code in {400, 422}


@pytest.mark.parametrize("who", ["author", "approver", "stranger"])
def test_no_one_else_checks_rights(world: World, signed_in: Enter, who: str) -> None:
    challenge = moving(world)
    assert signed_in(getattr(world, who)).get(path(challenge)).status_code in {403, 404}


def test_staff_who_act_for_the_sponsor_do_not_check_its_text(world: World, signed_in: Enter) -> None:
    challenge = moving(world)
    world.body.admit(world.staff, world.author.memberships[0].role, by=None, at=world.at)
    db.session.commit()
    staff = signed_in(world.staff)
    assert staff.get(path(challenge)).status_code == 403
    assert path(challenge) not in staff.get("/home").text


def test_the_history_tells_the_sponsor_and_staff_and_no_one_else(
    world: World, other: User, client: FlaskClient, signed_in: Enter
) -> None:
    challenge = moving(world)
    cleared(challenge, world, other)
    published(challenge, world)
    page = f"/challenges/{challenge.slug}"
    recording = wording("Check of the rights in a challenge recorded")
    assert [recording in signed_in(who).get(page).text for who in (world.staff, world.author)] == [True, True]
    assert BECAUSE in signed_in(world.author).get(page).text
    assert recording not in client.get(page).text


ANSWERED = "Yes. The council takes 10% of the shares in each company that is chosen."
CAREFUL = wording("Check what this answer says about intellectual property and equity")


def test_an_answer_to_a_question_is_searched_too_and_staff_see_what_was_found(
    worlds: Worlds, now: datetime, client: FlaskClient, signed_in: Enter
) -> None:
    world = worlds(Age.PUBLISHED)
    asked, harmless = world.asked(), world.asked(text="Are there maps?")
    harmless.give_answer(answer="Yes, and they are free.", by=world.author, at=world.at)
    db.session.commit()
    author, page = signed_in(world.author), f"/challenges/{world.challenge.slug}/questions"
    url = f"{page}/{asked.reference}/answer"
    preview = author.post(url, data=sheet(author.get(url)) | {"answer": "Yes, daily."})
    assert CAREFUL not in preview.text
    preview = author.post(url, data=sheet(author.get(url)) | {"answer": ANSWERED})
    assert CAREFUL in preview.text
    assert "“takes 10% of the shares”" in preview.text
    assert CAREFUL not in signed_in(world.staff).get(page).text
    assert author.post(url, data=sheet(preview, "/answer") | {"confirm": "1"}).status_code == 302
    told = signed_in(world.staff).get(page).text
    assert told.count(CAREFUL) == 1
    assert "“takes 10% of the shares”" in told
    assert CAREFUL not in client.get(f"/challenges/{world.challenge.slug}").text


def test_the_email_about_a_rights_statement_names_the_exception_of_its_challenge(worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=2)
    named = wording(
        "The rights statement says that the company owns its intellectual property and that the public body takes no "
        "shares. This challenge has one exception, which is listed in this email. Everyone can read it on the page of "
        "the challenge."
    )
    world.offered(world.proposals[0])
    db.session.commit()
    assert {named in letter for letter in offers()} == {False}
    for message in db.session.scalars(select(OutboxMessage)):
        db.session.delete(message)
    exception = {
        "reference": "Z-1",
        "challenge_id": world.challenge.id,
        "kind": RightsCheckKind.EXCEPTION,
        "state": RightsCheckState.APPROVED,
        "text_digest": world.challenge.text_digest,
        "recorded_at": world.since,
        "recorded_by_id": world.staff.id,
        "approved_at": world.since,
        "approved_by_id": world.colleague.id,
        "version": 1,
    }
    Change("rights_check", insert(RightsCheck).values(**exception, **EXCEPTION)).make()
    world.offered(world.proposals[1])
    db.session.commit()
    letters_now = offers()
    assert letters_now
    for letter in letters_now:
        assert named in letter
        assert EXCEPTION["what"] in letter
        assert EXCEPTION["to_whom"] in letter


def offers() -> list[str]:
    """The emails about a rights statement to accept, on one line each."""
    waiting = select(OutboxMessage).where(OutboxMessage.template == "rights_statement_waiting")
    return [" ".join(letters.compose(message).body.split()) for message in db.session.scalars(waiting)]


def test_the_demonstration_has_a_draft_that_staff_must_check() -> None:
    texts = [[(part.key, getattr(topic.brief, part.key)) for part in PARTS] for topic in read().topics]
    assert sum(bool(phrases_in(parts)) for parts in texts) == 1
