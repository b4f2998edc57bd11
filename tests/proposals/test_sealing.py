"""Sealing: nobody but the team reads a proposal before two people open it; afterwards, what was received, no more."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from civtech.core import clock, statements
from civtech.core.db import db
from civtech.core.errors import RuleViolation, WrongState
from civtech.oversight.models import AuditEntry
from civtech.proposals import queries
from civtech.proposals.models import Opening, OpeningState, Proposal
from civtech.proposals.models.bound import unsealed
from civtech.proposals.queries import reading
from civtech.proposals.queries.receiving import opening_of
from civtech.web import registries
from civtech.web.seen import token
from tests.support.messages import wording
from tests.support.sql import joined_anyway, without
from tests.world import World

WALK = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::sqlalchemy.exc.SADeprecationWarning")
TEAM = ("company_owner", "company_editor", "company_viewer")
READERS = ("staff", "auditor", "author", "acceptor")
OTHERS = ("finance", "stranger", "rival_owner", "rival_viewer")


def canaries(proposal: Proposal) -> dict[str, str]:
    """A word for each field of the proposal, found nowhere else."""
    keys = ["title", "summary", *(section.key for section in proposal.sections)]
    return {key: f"CANARY-{key}-{proposal.id}" for key in keys}


def plant(world: World, kind: str) -> tuple[Proposal, dict[str, str]]:
    """A team with a proposal whose every field holds its canary."""
    company = world.company if kind == "submitted" else world.team(kind, f"{kind.title()} Ltd")
    proposal = world.started(company)
    words = canaries(proposal)
    by, at = next(one for one in world.people.values() if one.id == proposal.started_by_id), world.at
    proposal.describe(title=words["title"], summary=words["summary"], by=by, at=at)
    for section in proposal.sections:
        proposal.write(key=section.key, body=words[section.key], by=by, at=at)
    if kind != "draft":
        proposal.submit(by=by, at=at)
    if kind == "withdrawn":
        db.session.flush()
        proposal.withdraw(by=by, at=at)
    db.session.commit()
    return proposal, words


def pages(app: Flask, world: World, *proposals: Proposal) -> list[str]:
    """Every page there is, with what these nouns are called.

    A page of something else is asked for once, with the challenge's reference: there is no such thing by that name, nor
    by any proposal's.
    """
    stays = {"slug": world.challenge.slug, "key": "idea", "stage_key": "sift"}
    known = {"challenge": world.challenge, "organisation": world.company, "round": world.round}
    addresses = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or rule.endpoint.startswith("security."):
            continue
        if not rule.arguments <= {*stays, "reference"}:
            continue
        noun = rule.rule.split("/")[1].removesuffix("s")
        named = proposals if noun == "proposal" or "panels" in rule.rule else [known.get(noun, world.challenge)]
        for thing in named:
            values = {**stays, "reference": thing.reference}
            with app.test_request_context():
                addresses.add(app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}))
    return sorted(addresses)


def leaks(client, addresses: list[str]) -> dict[str, str]:
    """The pages with a word that nobody else has."""
    found = {address: client.get(address).text for address in addresses}
    return {address: page for address, page in found.items() if "CANARY-" in page}


@WALK
@pytest.mark.takes(30, "Nine people ask for every page.")
@pytest.mark.parametrize("moment", ["open", "closed", "opened"])
def test_no_word_reaches_anybody_who_may_not_read_it(app: Flask, world: World, signed_in, client, moment):
    planted = {kind: plant(world, kind) for kind in ("draft", "submitted", "withdrawn")}
    if moment == "opened":
        world.opened()
        db.session.commit()
    addresses = pages(app, world, *(proposal for proposal, _words in planted.values()))
    submitted, words = planted["submitted"]
    address = f"/proposals/{submitted.reference}"
    assert f"{address}/receipt.json" in addresses
    readers = READERS if moment == "opened" else ()
    with clock.at(world.at if moment == "open" else world.closes_at):
        assert leaks(client, addresses) == {}
        for person in (*READERS, *OTHERS):
            found = leaks(signed_in(world.people[person]), addresses)
            if person not in readers:
                assert found == {}, person
                continue
            assert address in found, person
            others = [page for page in found if page.startswith("/proposals/") and page != address]
            assert others == [], person
            assert [word for word in words.values() if word not in found[address]] == [], person
            sealed = [word for kind in ("draft", "withdrawn") for word in planted[kind][1].values()]
            everything = "".join(found.values())
            assert [word for word in sealed if word in everything] == [], person


@WALK
@pytest.mark.takes(10, "Four people ask for every page.")
def test_what_was_not_submitted_is_never_shown_after_the_opening(app: Flask, world: World, signed_in):
    proposal = world.submitted()
    proposal.describe(title="CANARY-title", summary="CANARY-summary", by=world.company_owner, at=world.at)
    for section in proposal.sections:
        proposal.write(key=section.key, body=f"CANARY-{section.key}", by=world.company_owner, at=world.at)
    world.opened()
    db.session.commit()
    with clock.at(world.closes_at):
        for person in READERS:
            assert leaks(signed_in(world.people[person]), pages(app, world, proposal)) == {}, person


@WALK
@pytest.mark.takes(10, "Four people ask for every page.")
def test_what_was_replaced_is_not_shown_after_the_opening(app: Flask, world: World, signed_in):
    proposal, _words = plant(world, "submitted")
    by, at = world.company_owner, world.at
    proposal.describe(title="New title", summary="New summary", by=by, at=at)
    for section in proposal.sections:
        proposal.write(key=section.key, body="New words", by=by, at=at)
    proposal.submit(by=by, at=world.before)
    world.opened()
    db.session.commit()
    addresses = [*pages(app, world, proposal), f"/proposals/{proposal.reference}/receipt?submission=1"]
    with clock.at(world.closes_at):
        for person in READERS:
            assert leaks(signed_in(world.people[person]), addresses) == {}, person


def test_the_team_reads_its_own_at_every_moment(world: World, signed_in):
    proposal, words = plant(world, "submitted")
    for person in TEAM:
        client = signed_in(world.people[person])
        check = client.get(f"/proposals/{proposal.reference}/check").text
        assert [word for word in words.values() if word not in check] == [], person


@pytest.mark.parametrize("person", OTHERS)
def test_a_closed_door_looks_like_no_door(world: World, signed_in, person):
    proposal = world.submitted()
    world.opened()
    client = signed_in(world.people[person])
    with clock.at(world.closes_at):
        there = client.get(f"/proposals/{proposal.reference}")
        nowhere = client.get("/proposals/P-XXXX-XXXX")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    shown = [
        answer.text.split("<main")[1].split("</main>")[0].replace(answer.headers["X-Request-ID"], "the id")
        for answer in (there, nowhere)
    ]
    assert shown[0] == shown[1]


def test_who_reads_cannot_write_submit_or_withdraw(world: World, signed_in):
    proposal = world.submitted()
    world.opened()
    addresses = ("summary", "sections/idea", "submission", "withdrawal")
    for person, expected in {"staff": 403, "author": 403, "company_viewer": 403, "stranger": 404}.items():
        client = signed_in(world.people[person])
        for address in addresses:
            answer = client.post(f"/proposals/{proposal.reference}/{address}", data={"body": "Mine now"})
            assert answer.status_code == expected, (person, address)


@pytest.mark.both_databases("guards")
def test_a_member_of_staff_who_belongs_to_a_rival_reads_and_opens_nothing(world: World, signed_in):
    proposal = world.submitted()
    world.started(world.rival)
    joined_anyway(world.staff, world.rival, world.at)
    db.session.commit()
    client = signed_in(world.staff)
    with clock.at(world.closes_at):
        assert client.post(f"/challenges/{world.challenge.slug}/opening").status_code == 403
    Opening.request(challenge=world.challenge, by=world.colleague, at=world.closes_at)
    db.session.flush()
    db.session.scalars(db.select(Opening)).one().confirm(by=world.person("third", staff=True), at=world.closes_at)
    with clock.at(world.closes_at):
        assert client.get(f"/proposals/{proposal.reference}").status_code == 404
        assert proposal.reference not in client.get(f"/challenges/{world.challenge.slug}/proposals").text


def test_a_later_package_can_let_others_read_but_never_what_is_sealed(world: World, signed_in, monkeypatch, request):
    proposal = world.submitted()
    judge = world.person("judge")
    monkeypatch.setattr(
        reading, "READERS", [*reading.READERS, lambda actor: Proposal.id > 0 if actor.id == judge.id else db.false()]
    )
    statements.forget()
    request.addfinalizer(statements.forget)
    client = signed_in(judge)
    address = f"/proposals/{proposal.reference}"
    assert client.get(address).status_code == 404
    world.opened()
    with clock.at(world.closes_at):
        assert client.get(address).status_code == 200
        assert client.get(f"{address}/receipt").status_code == 403


def test_before_the_opening_staff_and_sponsor_see_reference_and_instant_only(world: World, signed_in):
    proposal = world.submitted(title="CANARY-title")
    world.started(world.rival, title="CANARY-draft")
    for person in ("staff", "auditor", "author"):
        page = signed_in(world.people[person]).get(f"/challenges/{world.challenge.slug}/proposals")
        assert page.status_code == 200
        assert proposal.reference in page.text
        assert "1 proposal was submitted" in page.text
        assert "CANARY" not in page.text
        assert world.company.legal_name not in page.text
    for person in ("finance", "company_owner", "stranger"):
        assert signed_in(world.people[person]).get(f"/challenges/{world.challenge.slug}/proposals").status_code == 403


def test_two_people_open_after_the_deadline_and_not_one(world: World, signed_in):
    world.submitted()
    first, second = signed_in(world.staff), signed_in(world.colleague)
    address = f"/challenges/{world.challenge.slug}/opening"
    assert first.post(address).status_code == 409
    with clock.at(world.before):
        assert "Request the opening" not in first.get(address).text.split("<main")[1].split("timeline")[0]
        assert first.post(address).status_code == 409
    with clock.at(world.closes_at):
        assert "Request the opening" in first.get(address).text
        assert first.post(address).status_code == 302
        assert first.post(address).status_code == 409
        own = {"seen": token(unsealed(world.challenge, db.session.scalar(opening_of(world.challenge))))}
        assert wording("Confirm and open the proposals") not in first.get(address).text
        assert first.post(f"{address}/confirmation", data=own).status_code == 422
        assert wording("Confirm and open the proposals") in second.get(address).text
        assert second.post(f"{address}/confirmation").status_code == 302
        assert second.post(f"{address}/confirmation").status_code == 409
    happened = [entry.event for entry in db.session.query(AuditEntry).order_by(AuditEntry.sequence)][-6:]
    assert happened.count("OpeningRefused") == 3
    assert [name for name in happened if name != "OpeningRefused"][-2:] == ["OpeningRequested", "ProposalsOpened"]


@pytest.mark.parametrize("person", ["auditor", "author", "finance", "company_owner"])
def test_only_staff_open(world: World, signed_in, person):
    address = f"/challenges/{world.challenge.slug}/opening"
    with clock.at(world.closes_at):
        assert signed_in(world.people[person]).post(address).status_code == 403
        assert signed_in(world.people[person]).post(f"{address}/confirmation").status_code == 403


def test_the_verbs_refuse_an_early_opening_and_the_same_person(world: World):
    with pytest.raises(WrongState):
        Opening.request(challenge=world.challenge, by=world.staff, at=world.before)
    opening = Opening.request(challenge=world.challenge, by=world.staff, at=world.closes_at)
    db.session.flush()
    with pytest.raises(RuleViolation):
        opening.confirm(by=world.staff, at=world.closes_at)


def insert_opening(world: World, requested_at: str) -> None:
    db.session.execute(
        text(
            "INSERT INTO opening (version, reference, challenge_id, state, requested_at, requested_by_id) "
            f"SELECT 1, 'N-2222-2222', id, 'requested', {requested_at}, {world.staff.id} "
            f"FROM challenge WHERE id = {world.challenge.id}"
        )
    )


@pytest.mark.both_databases("guards")
def test_the_database_refuses_an_early_opening(world: World):
    with pytest.raises(IntegrityError, match="stay sealed"):
        insert_opening(world, "opens_at")


@pytest.mark.both_databases("guards")
def test_the_database_refuses_the_same_person_twice(world: World):
    insert_opening(world, "closes_at")
    with pytest.raises(IntegrityError, match="confirmed_by_another_person"):
        db.session.execute(
            text("UPDATE opening SET state = 'opened', opened_at = requested_at, confirmed_by_id = requested_by_id")
        )


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opening SET requested_by_id = confirmed_by_id, confirmed_by_id = requested_by_id",
        "UPDATE opening SET state = 'requested', opened_at = NULL, confirmed_by_id = NULL",
        "DELETE FROM opening",
    ],
)
def test_the_database_keeps_the_opening_as_it_was(world: World, statement: str):
    world.opened()
    db.session.commit()
    with pytest.raises(IntegrityError, match=r"cannot be (sealed|changed)|are kept"):
        db.session.execute(text(statement))


@pytest.mark.both_databases("guards")
def test_the_database_keeps_who_asked(world: World):
    insert_opening(world, "closes_at")
    with pytest.raises(IntegrityError, match="cannot be changed"):
        db.session.execute(text(f"UPDATE opening SET requested_by_id = {world.colleague.id}"))


def test_opened_means_opened_for_what_is_still_submitted(world: World):
    world.submitted()
    opening = world.opened()
    assert opening.state is OpeningState.OPENED
    assert len(db.session.scalars(queries.visible_to(world.auditor)).unique().all()) == 1


@pytest.mark.both_databases("guards")
@pytest.mark.parametrize("opened", [False, True])
def test_the_list_costs_the_same_for_ten_and_for_a_thousand(world: World, signed_in, monkeypatch, opened: bool):
    monkeypatch.setattr(registries, "_panels", registries.defaultdict(registries.Ordered))
    first = world.submitted()
    address, at = f"/challenges/{world.challenge.slug}/proposals", world.closes_at
    multiply(first, 10)
    if opened:
        world.opened()
        db.session.commit()
    few = statements_of(signed_in(world.staff), address, at)
    multiply(first, 1000)
    assert statements_of(signed_in(world.staff), address, at) == few
    assert few <= 4


def multiply(proposal: Proposal, size: int) -> None:
    """Copy the proposal until there are `size`."""
    columns = [column.name for column in Proposal.__table__.columns if column.name not in {"id", "reference", "number"}]
    copy = text(
        f"INSERT INTO proposal (reference, number, {', '.join(columns)}) "
        f"SELECT :reference, :number, {', '.join(columns)} FROM proposal WHERE id = {proposal.id}"
    )
    more = range(db.session.query(Proposal).count() + 1, size + 1)
    with without("proposal_begins_as_declared"):
        for number in more:
            db.session.execute(copy, {"reference": f"P-{number}", "number": number})
    db.session.commit()


def statements_of(client, address: str, at: datetime) -> int:
    """How many statements a page takes."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        with clock.at(at):
            assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
