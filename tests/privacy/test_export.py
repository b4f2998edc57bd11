"""Everything held about a person, in one archive, and nothing of anybody else's."""

import json
import zipfile
from datetime import datetime
from io import BytesIO

import pytest

from civtech.challenges.models import Question
from civtech.core.db import db
from civtech.people.models import User
from civtech.privacy import export
from tests.privacy.conftest import SignedIn
from tests.support.messages import wording
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.both_databases("types")


def opened(packed: bytes) -> tuple[dict[str, object], str]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["README.txt", "data.json"]
        return json.loads(archive.read("data.json")), archive.read("README.txt").decode()


def test_a_person_downloads_what_they_are_and_wrote(world: World, loner: User, signed_in: SignedIn) -> None:
    answer = signed_in(loner).post("/account/data/archive")
    data, readme = opened(answer.data)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{loner.reference}-2027-03-01.zip"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert data["person"] == {
        "reference": loner.reference,
        "name": "Lou Löner",
        "email": "loner_owner@people.example",
        "registered_at": "2026-12-01T09:30:00+00:00",
        "confirmed_at": "2026-12-01T09:30:00+00:00",
        "authenticator": True,
    }
    assert [(held["organisation_name"], held["role"]) for held in data["memberships"]] == [
        ("Lou Löner", "owner"),
        ("Tidewater Signals Ltd", "editor"),
    ]
    assert [held["about"] for held in data["person_with_an_idea"]] == ["CANARY-about"]
    assert [held["title"] for held in data["proposals"]] == ["CANARY-title"]
    assert [held["words"] for held in data["sections"]] == ["CANARY-words"]
    assert [held["sent_to_you"] for held in data["invitations"]] == [True]
    assert [held["browser"] for held in data["sessions"]] == ["CANARY-browser", "Test/1.0"]
    kinds = ["invitation", "sign_in_changed", "address_change", "address_change"]
    assert [held["kind"] for held in data["mails"]] == kinds
    assert [held["name"] for held in data["passkeys"]] == ["CANARY-passkey"]
    assert [held["address"] for held in data["changes_of_address"]] == ["canary@people.example"]
    assert {held["event"] for held in data["audit"]} >= {"PersonRegistered", "ProposalStarted", "SectionWritten"}
    assert wording("No files are included, because the service does not accept files yet.") in readme


def test_no_secret_leaves_with_it(loner: User, now: datetime) -> None:
    data, readme = opened(export.archive(loner, by=None, at=now))
    shown = json.dumps(data) + readme
    assert [word for word in ("hash", "totp", "code", "secret") if f"CANARY-{word}" in shown] == []
    assert loner.fs_uniquifier not in shown


def test_a_download_is_an_event_without_personal_data(loner: User, signed_in: SignedIn) -> None:
    client = signed_in(loner)
    client.post("/account/data/archive")
    data, _readme = opened(client.post("/account/data/archive").data)
    last = data["audit"][-1]
    assert (last["event"], last["subject"], last["done_by_you"]) == ("DataExported", loner.reference, True)


def test_looking_at_the_page_downloads_nothing(loner: User, signed_in: SignedIn) -> None:
    assert signed_in(loner).get("/account/data/archive").location == "/account/data"


def test_everybody_of_a_funded_challenge_finds_their_part_and_no_other_person(
    worlds: Worlds, app, now: datetime
) -> None:
    world = worlds(Age.FUNDED, teams=2)
    agreement = world.in_force()
    release = world.release(agreement.milestones[0])
    release.approve(by=world.colleague, at=now)
    db.session.commit()
    addresses = {person.email for person in world.people.values()}
    names = {person.name for person in world.people.values()}
    for person in world.people.values():
        data = json.dumps(export.data_of(person, now))
        assert [email for email in addresses - {person.email} if email in data] == []
        assert [name for name in names - {person.name} if f'"{name}"' in data] == []


def test_each_act_stands_in_the_part_of_its_kind(worlds: Worlds, app, now: datetime) -> None:
    world = worlds(Age.FUNDED, teams=1)
    agreement = world.in_force()
    release = world.release(agreement.milestones[0])
    release.approve(by=world.colleague, at=now)
    db.session.commit()

    def told(person: User, *parts: str) -> dict[str, int]:
        data = export.data_of(person, now)
        return {part: len(data[part]) for part in parts}

    assert told(world.judge_one, "panels", "declarations") == {"panels": 2, "declarations": 2}
    assert told(world.company_owner, "submissions", "deliverables", "rights_statements") == {
        "submissions": 1,
        "deliverables": 1,
        "rights_statements": 1,
    }
    assert told(world.staff, "openings", "decisions", "releases", "programme_roles") == {
        "openings": 1,
        "decisions": 2,
        "releases": 1,
        "programme_roles": 1,
    }
    assert told(world.approver, "challenges", "rights_statements") == {"challenges": 1, "rights_statements": 1}
    (released,) = export.data_of(world.colleague, now)["releases"]
    assert (released["proposed_by"], released["approved_by"], released["paid_by"]) == (False, True, False)
    assert {score["reason"] for score in export.data_of(world.judge_one, now)["scores"]} == {
        "Reason of Judge One.",
        "Sound.",
    }


def test_who_answers_a_question_is_not_told_who_asked(world: World, now: datetime) -> None:
    question = Question.ask(challenge=world.challenge, text="How loud?", by=world.stranger, at=now)
    db.session.flush()
    question.give_answer(answer="Quiet.", by=world.author, at=now)
    db.session.commit()
    (asked,) = export.data_of(world.stranger, now)["questions"]
    (answered,) = export.data_of(world.author, now)["questions"]
    assert (asked["asked_by"], asked["answered_by"]) == (True, False)
    assert (answered["asked_by"], answered["answered_by"]) == (False, True)
    assert world.stranger.reference not in json.dumps(export.data_of(world.author, now))
