"""The history on the page of a thing: who did what and when, with messages, for those who may know."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, insert, select, text

from civtech.core.db import Rows, db
from civtech.core.events import EVENTS, emit
from civtech.core.histories import MESSAGES, SHOWINGS, Audience, seen_by
from civtech.funding.models import Release
from civtech.judging.events import ScoresSaved
from civtech.judging.models import Assignment
from civtech.oversight.history import queries
from civtech.oversight.models import AuditEntry
from civtech.people.models import ProgrammeRole, User
from civtech.people.models.scope import Scope, ScopeKind
from civtech.roles.models import RoleGrant
from civtech.stages.models import Milestone, StageAgreement
from civtech.viewing.events import ViewingBegan
from tests.factories.organisations import OrganisationFactory
from tests.support.messages import wording
from tests.support.statements import listening
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("queries")

SignIn = Callable[[User], FlaskClient]
HOUR = timedelta(hours=1)


def history(client: FlaskClient, path: str) -> str:
    """What the history on a page says, with its marks one after the other."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    block = page.text.split('<div id="history">')[1].split("</ol>")[0] if '<div id="history">' in page.text else ""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", block)).split())


def path_of(challenge_slug: str) -> str:
    return f"/challenges/{challenge_slug}"


@pytest.fixture
def sent_back_twice(app: Flask, worlds: Worlds, now: datetime) -> World:
    """A challenge that was sent back twice, by staff and by the approver, and then published."""
    world = worlds(Age.PREPARED)
    challenge = world.challenge = world.drafted()
    for number, (by, message) in enumerate([(world.staff, "Say who pays."), (world.approver, "Say by when.")]):
        challenge.propose(by=world.author, at=now - (9 - number) * HOUR)
        challenge.send_back(message=message, by=by, at=now - (8.5 - number) * HOUR)
    challenge.propose(by=world.author, at=now - 5 * HOUR)
    challenge.approve(by=world.approver, at=now - 4 * HOUR)
    closes = now + timedelta(days=9)
    challenge.publish(opens_at=now, questions_close_at=closes, closes_at=closes, by=world.staff, at=now - 3 * HOUR)
    db.session.commit()
    return world


def test_a_sponsor_reads_every_message_with_which_its_draft_was_sent_back(
    sent_back_twice: World, signed_in: SignIn
) -> None:
    world = sent_back_twice
    told = history(signed_in(world.drafter), path_of(world.challenge.slug))
    assert told.index("Say by when.") < told.index("Say who pays.")
    assert told.count(wording("Challenge sent back with a message")) == 2
    assert f"{world.approver.name}, {world.body.name}" in told
    assert world.author.name in told
    assert wording("programme staff") in told
    assert world.staff.name not in told
    assert told.index(wording("Challenge published")) < told.index(wording("Challenge drafted"))


def test_an_applicant_reads_only_what_is_public_and_no_names(sent_back_twice: World, signed_in: SignIn) -> None:
    world = sent_back_twice
    told = history(signed_in(world.stranger), path_of(world.challenge.slug))
    assert wording("Challenge published") in told
    for secret in ("Say who pays.", wording("Challenge drafted"), wording("Challenge approved by the sponsor")):
        assert secret not in told
    for person in (world.staff, world.author, world.approver):
        assert person.name not in told
        assert person.reference not in told


def test_visitors_get_no_history(sent_back_twice: World, client: FlaskClient) -> None:
    assert 'id="history"' not in client.get(path_of(sent_back_twice.challenge.slug)).text


def test_staff_read_what_the_audit_log_says_with_a_link_to_each_entry(
    sent_back_twice: World, signed_in: SignIn
) -> None:
    world = sent_back_twice
    page = signed_in(world.staff).get(path_of(world.challenge.slug)).text
    last = db.session.scalars(
        select(AuditEntry.sequence).where(AuditEntry.subject == world.challenge.reference).order_by(AuditEntry.at)
    ).all()[-1]
    assert f'href="/audit/{last}"' in page
    assert f"{world.author.name} ({world.author.reference})" in unescape(page)


def test_who_cancelled_and_why_is_told_to_everyone_but_not_by_name(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.PUBLISHED)
    world.challenge.cancel(message="The bridge is closed.", by=world.approver, at=now)
    db.session.commit()
    told = history(signed_in(world.stranger), path_of(world.challenge.slug))
    assert f"{wording('Challenge cancelled')} {world.body.name}" in told
    assert "The bridge is closed." in told
    assert world.approver.name not in told


def test_no_one_is_told_who_asked_a_question(app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn) -> None:
    world = worlds(Age.PUBLISHED)
    world.asked()
    db.session.commit()
    for reader in (world.staff, world.author, world.stranger):
        told = history(signed_in(reader), path_of(world.challenge.slug))
        assert wording("Question asked") in told, reader.name
        assert wording("Name not published") in told
        assert world.stranger.reference not in told
        assert world.stranger.name not in told
    assert wording("Question asked") not in history(signed_in(world.company_owner), path_of(world.challenge.slug))


def test_a_withdrawal_is_still_told_after_another_submission(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.PUBLISHED)
    proposal = world.submitted(at=now - 3 * HOUR)
    proposal.withdraw(by=world.company_editor, at=now - 2 * HOUR)
    proposal.submit(by=world.company_owner, at=now - HOUR)
    db.session.commit()
    client = signed_in(world.company_owner)
    told = history(client, f"/proposals/{proposal.reference}")
    assert f"{wording('Proposal withdrawn')} {world.company_editor.name}, {world.company.name}" in told
    timeline = client.get(f"/proposals/{proposal.reference}/timeline").text
    assert timeline.count(wording("Proposal withdrawn")) == 1


def test_a_sponsor_is_not_told_who_in_the_team_did_what(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.RECEIVED)
    team = world.proposals[0]
    told = history(signed_in(world.author), f"/proposals/{team.reference}")
    assert f"{wording('Proposal submitted')} {world.company.name}" in told
    assert world.company_owner.name not in told
    assert wording("Proposal section saved") not in told
    assert world.company_owner.name in history(signed_in(world.company_viewer), f"/proposals/{team.reference}")


def test_a_judge_reads_a_proposal_without_its_history(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.JUDGED)
    page = signed_in(world.judges[0]).get(f"/proposals/{world.proposals[0].reference}")
    assert page.status_code == 200
    assert 'id="history"' not in page.text


@pytest.mark.parametrize("reader", ["company_owner", "author", "outsider"])
def test_judging_is_in_no_history_of_a_team_or_a_sponsor_and_names_no_judge(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn, reader: str
) -> None:
    world = worlds(Age.FUNDED)
    person = world.people.get(reader, world.stranger)
    paths = [path_of(world.challenge.slug)]
    if reader != "outsider":
        paths.append(f"/proposals/{world.proposals[0].reference}")
    for path in paths:
        told = history(signed_in(person), path)
        assert wording("Outcomes released to all applicants") in told
        for title in ("Scores saved", "Scorecard locked", "Panel set up", "Decision proposed", "Judge added to panel"):
            assert wording(title) not in told
        for judge in world.judges:
            assert judge.name not in told


def test_both_sides_read_evidence_with_its_reason_and_who_sent_and_returned_it(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.FUNDED)
    agreement = world.in_force()
    milestone = agreement.milestones[0]
    for number, reason in enumerate(["The map is missing.", "The map has no scale."]):
        milestone.deliver(evidence="It counts.", link=None, by=world.company_editor, at=now - (9 - number) * HOUR)
        db.session.flush()
        milestone.send_back(reason=reason, by=world.acceptor, at=now - (8.5 - number) * HOUR)
        db.session.flush()
    db.session.commit()
    for reader in (world.company_viewer, world.head, world.finance, world.staff):
        told = history(signed_in(reader), f"/agreements/{agreement.reference}")
        assert told.index("The map has no scale.") < told.index("The map is missing.")
        assert told.count(wording("Evidence returned")) == 2
        assert world.acceptor.name in told
        assert world.company_editor.name in told
        assert wording("Milestone added") not in told or reader in {world.finance, world.staff}


def test_a_refused_release_says_why_and_by_whom(app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn) -> None:
    world = worlds(Age.FUNDED)
    release = world.release(world.in_force().milestones[0])
    release.refuse(reason="The invoice is missing.", by=world.colleague, at=now)
    db.session.commit()
    for reader in (world.company_owner, world.finance):
        told = history(signed_in(reader), f"/releases/{release.reference}")
        assert "The invoice is missing." in told
        assert world.colleague.name in told
        assert wording("Evidence accepted") in told


def test_a_panel_secretary_reads_of_judges_but_not_of_decisions(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.JUDGED)
    world.decided(world.proposals[:1], release=False)
    secretary = world.person("panel_secretary")
    RoleGrant.by_operator(secretary, ProgrammeRole.SECRETARY, at=world.since)
    db.session.commit()
    path = f"/challenges/{world.challenge.slug}/panels/sift"
    told = told_in_all(signed_in(secretary), path)
    assert wording("Scorecard locked") in told
    assert world.judges[0].name in told
    assert wording("Decision proposed") not in told
    assert wording("Scores saved") not in told
    assert wording("Decision proposed") in told_in_all(signed_in(world.colleague), path)


def told_in_all(client: FlaskClient, path: str) -> str:
    """The whole history, page by page."""
    told, following = [], path
    while following:
        told.append(history(client, following))
        link = re.search(r'<a class="govuk-link"\s+href="([^"]*history=\d+[^"]*)">', client.get(following).text)
        following = unescape(link.group(1)).split("#")[0] if link else ""
    return " ".join(told)


def test_an_event_that_no_one_declared_is_shown_to_the_log_s_readers_and_to_who_did_it(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.PUBLISHED)
    assert ViewingBegan.__name__ not in SHOWINGS
    emit(
        ViewingBegan(
            subject=world.challenge, by=world.stranger, at=now, facts={"role": "judge", "until": now.isoformat()}
        )
    )
    db.session.commit()
    title = wording("Viewing as another role started by programme staff")
    path = path_of(world.challenge.slug)
    assert title in history(signed_in(world.staff), path)
    assert title in history(signed_in(world.stranger), path)
    for reader in (world.author, world.company_owner, world.finance):
        assert title not in history(signed_in(reader), path)


def test_staff_of_one_challenge_do_not_read_what_only_the_log_shows(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.JUDGED)
    local = world.person("local")
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    RoleGrant.by_operator(local, ProgrammeRole.STAFF, at=world.since, scope=scope)
    assignment = db.session.scalars(select(Assignment)).first()
    assert assignment is not None
    emit(ScoresSaved(subject=assignment, by=world.judges[0], at=now))
    db.session.commit()
    path = f"/challenges/{world.challenge.slug}/panels/sift"
    assert wording("Scores saved") not in told_in_all(signed_in(local), path)
    assert wording("Scores saved") in told_in_all(signed_in(world.staff), path)


def test_a_long_history_is_read_page_by_page_and_ends(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.PREPARED)
    challenge = world.challenge = world.drafted()
    for number in range(23):
        challenge.propose(by=world.author, at=now - (99 - number) * HOUR)
        challenge.send_back(message=f"Message {number}.", by=world.approver, at=now - (98.5 - number) * HOUR)
    db.session.commit()
    client, path = signed_in(world.author), path_of(challenge.slug)
    first = history(client, path)
    assert "Message 22." in first
    assert "Message 0." not in first
    told = told_in_all(client, path)
    assert [f"Message {number}." for number in reversed(range(23))] == re.findall(r"Message \d+\.", told)
    page = client.get(f"{path}?history=1").text
    assert wording("There is nothing earlier.") in page
    assert wording("Show latest") in page
    for odd in ("abc", "-1", "9" * 40, "%00", "1.5"):
        assert history(client, f"{path}?history={odd}") == first


def test_instants_are_written_so_that_machines_can_read_them(sent_back_twice: World, signed_in: SignIn) -> None:
    page = signed_in(sent_back_twice.author).get(path_of(sent_back_twice.challenge.slug)).text
    block = page.split('<div id="history">')[1].split("</ol>")[0]
    times = re.findall(r'<time\s+datetime="([^"]*)">([^<]*)</time>', block)
    assert len(times) == block.count("<li")
    for machine, people in times:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(\+00:00|Z)", machine), machine
        assert re.search(r"\d{4}.*\((UK time|GMT|BST)", people) or "GMT" in people, people


def test_an_erased_person_is_a_reference(sent_back_twice: World, signed_in: SignIn) -> None:
    world = sent_back_twice
    reference = world.author.reference
    db.session.execute(text("UPDATE person SET name = '' WHERE reference = :who"), {"who": reference})
    db.session.commit()
    told = history(signed_in(world.drafter), path_of(world.challenge.slug))
    assert f"{reference}, {world.body.name}" in told
    assert "Ailsa Author" not in told


def test_a_history_takes_one_statement_however_long_it_is(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.FUNDED)
    agreement = world.in_force()
    db.session.commit()
    counted = []
    for times in (1, 30):
        milestone = agreement.milestones[0]
        for number in range(times):
            milestone.deliver(evidence="It counts.", link=None, by=world.company_editor, at=now + number * HOUR)
            milestone.send_back(reason="Again.", by=world.acceptor, at=now + (number + 0.5) * HOUR)
        db.session.commit()
        reader, names = world.author, seen_by({Audience.SPONSOR, Audience.ANYONE})
        assert reader.organisation_ids()
        assert not reader.is_staff
        assert agreement.statement_id
        with listening() as heard:
            rows = db.session.execute(queries.of_agreement(reader, agreement, names, None, 11)).all()
        assert len(rows) > 2
        counted.append(len(heard))
    assert counted == [1, 1], heard


def plan_of(query: Rows) -> str:
    """How the database runs this query, which it also runs."""
    connection = db.session.connection()
    heard: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        db.session.execute(query).all()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    statement, parameters = heard[-1]
    return " ".join(str(row) for row in connection.exec_driver_sql(f"{explain} {statement}", parameters))


def test_the_log_is_not_read_from_end_to_end(app: Flask, worlds: Worlds, now: datetime) -> None:
    world = worlds(Age.FUNDED)
    last = db.session.scalars(select(func.max(AuditEntry.sequence))).one()
    filling = [
        {"sequence": last + n, "at": now, "event": "SignedIn", "facts": {}, "previous": "0", "hash": str(n)}
        | {"subject_kind": "person", "subject": f"U-{n % 500}"}
        for n in range(1, 10_001)
    ]
    db.session.execute(insert(AuditEntry), filling)
    db.session.execute(text("ANALYZE"))
    reader, challenge = world.author, world.challenge
    team = world.proposals[0]
    names = seen_by({Audience.SPONSOR, Audience.ANYONE})
    for query in (
        queries.of_challenge(reader, challenge, names, None, 11),
        queries.of_proposal(reader, team, names, 10_000, 11),
    ):
        plan = plan_of(query)
        assert not re.search("(SCAN|Seq Scan on) audit_entry", plan), plan
        assert "ix_audit_entry_subject" in plan


def test_every_message_belongs_to_an_event_that_someone_sees() -> None:
    assert set(MESSAGES) <= set(SHOWINGS) <= set(EVENTS)
    for name, showing in SHOWINGS.items():
        assert showing.to, name
        unseen = showing.named_to - {Audience.PROGRAMME} - showing.to
        assert not unseen or Audience.ANYONE in showing.to, f"{name} names people to those who do not see it"


def test_nobody_outside_the_judging_is_shown_how_it_is_going() -> None:
    outside = seen_by({Audience.ANYONE, Audience.TEAM, Audience.SPONSOR, Audience.MEMBERS, Audience.OWNERS})
    inside = {name for name, event in EVENTS.items() if event.__module__ == "civtech.judging.events"}
    assert inside & set(outside) == {"OutcomesReleased"}


@pytest.mark.parametrize("who", ["company_owner", "head", "author", "staff", "auditor"])
def test_a_history_links_what_its_reader_can_open(worlds: Worlds, now: datetime, signed_in: SignIn, who: str) -> None:
    world = worlds(Age.FINISHED)
    client = signed_in(getattr(world, who))
    proposal = world.proposals[0]
    agreement = db.session.scalars(select(StageAgreement).where(StageAgreement.proposal_id == proposal.id)).one()
    release = db.session.scalars(select(Release).join(Milestone).where(Milestone.agreement_id == agreement.id)).first()
    assert release
    linked: dict[str, set[str]] = {}
    for page in (
        f"/challenges/{world.challenge.slug}",
        f"/proposals/{proposal.reference}",
        f"/agreements/{agreement.reference}",
        f"/releases/{release.reference}",
    ):
        found, address = set(), page
        while address:
            answer = client.get(address).text
            block = answer.split('<div id="history">')[1].split("</ol>")
            found |= set(re.findall(r'href="([^"]+)"', block[0]))
            earlier = re.search(r'href="([^"]+history=\d+[^"]*)"', block[1])
            address = unescape(earlier[1]).split("#")[0] if earlier else ""
        assert {client.get(url).status_code for url in found} <= {200}
        linked[page] = found
    assert f"/releases/{release.reference}" in linked[f"/proposals/{proposal.reference}"]
    assert f"/agreements/{agreement.reference}" in linked[f"/proposals/{proposal.reference}"]
    assert f"/rights-statements/{agreement.statement.reference}" in linked[f"/agreements/{agreement.reference}"]
    assert f"/milestones/{release.milestone.reference}" in linked[f"/releases/{release.reference}"]
    decisions = {url for url in linked[f"/challenges/{world.challenge.slug}"] if url.startswith("/decisions/")}
    assert bool(decisions) == (who in {"staff", "auditor"})


def test_a3_staff_read_in_the_history_why_someone_could_take_part(
    worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    world = worlds(Age.RECEIVED)
    world.convene(judges=[world.judges[1]])
    OrganisationFactory(legal_name="The Tidewater Signals Holdings PLC", by=world.judges[0], at=world.since)
    db.session.flush()
    world.panel.seat(world.judges[0], by=world.staff, at=world.at, because="They left years ago.")
    db.session.commit()
    path, considered = path_of(world.challenge.slug), wording("Possible conflict of interest considered, with a reason")
    told = history(signed_in(world.auditor), path)
    assert f"{considered} {world.staff.name}" in told
    assert "They left years ago." in told
    assert considered not in history(signed_in(world.head), path)
    assert considered not in history(signed_in(world.judges[0]), path)
