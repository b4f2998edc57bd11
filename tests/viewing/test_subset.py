"""Nobody sees more by seeing it as somebody else: not of others, not of another challenge, not before the opening."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import false, inspect, true

import civtech
from civtech.challenges.models import Challenge, Question
from civtech.core import clock, statements
from civtech.core.db import Model, db
from civtech.organisations.models import Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, Scope, ScopeKind, User
from civtech.proposals.queries import reading
from civtech.roles.models import RoleGrant
from civtech.viewing.models import SeenRole, StandIn, stand_in
from tests.factories.challenges import BriefFactory
from tests.support.addresses import addresses
from tests.support.limits import for_many
from tests.world import Age, World
from tests.world.kept import Worlds

pytestmark = pytest.mark.takes(12, "It asks for every address there is of a challenge, in every role.")

SignIn = Callable[[User], FlaskClient]
Seeing = Callable[..., FlaskClient]
Pages = dict[str, str | None]
ROLES = list(SeenRole)
IN_THE_ROLE = {
    SeenRole.COMPANY: "other_owner",
    SeenRole.TEAM: "company_owner",
    SeenRole.JUDGE: "judge_one",
    SeenRole.APPROVER: "approver",
    SeenRole.FINANCE: "finance",
    SeenRole.AUDITOR: "auditor",
}
SOURCE = Path(civtech.__file__).parent


def pages(app: Flask, client: FlaskClient, world: World) -> Pages:
    """What each address shows: its page, or None."""
    found = {}
    for rule, address in addresses(app, world):
        if "GET" in (rule.methods or ()):
            answer = client.get(address)
            found[address] = answer.text if answer.status_code == 200 else None
    return found


@pytest.fixture(scope="module")
def kept() -> dict[str, Pages]:
    """What was found once and is the same whatever the role: every test begins in the same world."""
    return {}


@pytest.fixture
def own(app: Flask, signed_in: SignIn, world: World, kept: dict[str, Pages]) -> Pages:
    """What each address shows to who sees the challenge as somebody else, as long as they do not."""
    if "own" not in kept:
        with for_many():
            kept["own"] = pages(app, signed_in(world.staff_here), world)
    return kept["own"]


@pytest.mark.takes(4, "It asks for every page twice.")
@pytest.mark.parametrize("role", ROLES)
def test_what_opens_opens_to_the_role_or_to_oneself_and_shows_no_more_of_anybody(
    app: Flask, signed_in: SignIn, seeing: Seeing, world: World, own: Pages, role: SeenRole
) -> None:
    private = {
        "Idea of Tidewater Signals Ltd",
        "Idea of Peat and Pixels Ltd",
        "Tidewater Signals Ltd",
        "Words.",
        "Sound.",
        "Well done.",
        "As ranked.",
        "All three junctions.",
        "Signal library",
        "Judge One",
        "Judge Two",
        "Owner1",
        "company_owner@people.example",
    }
    Organisation.create(
        kind=OrganisationKind.COMPANY, legal_name="Other Ltd", by=world.person("other_owner"), at=world.at
    )
    person = world.people[IN_THE_ROLE[role]] if role in IN_THE_ROLE else None
    real = pages(app, signed_in(person) if person else app.test_client(), world)
    seen = pages(app, seeing(role), world)
    opened = {address for address, page in seen.items() if page}
    assert opened <= {address for address in seen if own[address] or real[address]}
    told = {address: {word for word in private if word in (seen[address] or "")} for address in opened}
    assert {address: words for address in told if (words := told[address] - shown(own[address], private))} == {}
    if role is SeenRole.AUDITOR:
        assert "Words." in set.union(*told.values()), "nothing private is anywhere: the test proves nothing"
    if role in {SeenRole.PUBLIC, SeenRole.COMPANY, SeenRole.TEAM, SeenRole.JUDGE}:
        assert set.union(*told.values()) <= {"Tidewater Signals Ltd"}, "who was funded is public, no more"


def shown(page: str | None, words: set[str]) -> set[str]:
    return {word for word in words if word in (page or "")}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_sealed_stays_sealed(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn, role: SeenRole
) -> None:
    """Drafted, submitted, and after the deadline: until two people have opened it, no role shows a word of it."""
    scene = worlds(Age.PUBLISHED)
    proposal = scene.submitted(title="Canary of the title", words="Canary of the words")
    scene.started(scene.rival, title="Canary of a draft")
    Question.ask(challenge=scene.challenge, text="May we dive?", by=scene.stranger, at=now)
    db.session.commit()
    reference, section, slug = proposal.reference, proposal.sections[0].key, scene.challenge.slug
    name = scene.stranger.name
    for at in (now, scene.closes_at):
        with clock.at(at):
            client = signed_in(scene.staff)
            client.post(f"/challenges/{slug}/viewing/new", data={"role": role.value})
            for address in (
                f"/challenges/{slug}",
                f"/challenges/{slug}/proposals",
                f"/challenges/{slug}/opening",
                f"/challenges/{slug}/questions",
                f"/challenges/{slug}/proposals/new",
                f"/proposals/{reference}",
                f"/proposals/{reference}/summary",
                f"/proposals/{reference}/sections/{section}",
                f"/proposals/{reference}/receipt",
                f"/proposals/{reference}/timeline",
                "/proposals",
                "/judging",
            ):
                answer = client.get(address)
                assert "Canary" not in answer.text, address
                assert scene.company.legal_name not in answer.text, address
                assert name not in answer.text, address
                if address.startswith(f"/proposals/{reference}"):
                    assert answer.status_code in {302, 404}, address
            client.post("/viewing/end")


def test_the_sponsors_other_challenges_stay_closed(
    app: Flask, worlds: Worlds, now: datetime, signed_in: SignIn
) -> None:
    """Staff of one challenge who see it as an approver find nothing of the sponsor's others."""
    scene = worlds(Age.PUBLISHED)
    proposal = scene.submitted()
    scene.opened()
    challenge = Challenge.draft(
        round=scene.challenge.round, sponsor=scene.body, brief=BriefFactory(), budgets={}, by=scene.author, at=now
    )
    db.session.flush()
    here = scene.person("staff_here")
    RoleGrant.by_operator(here, ProgrammeRole.STAFF, at=now, scope=Scope(ScopeKind.CHALLENGE, challenge.reference))
    db.session.commit()
    client = signed_in(here)
    client.post(f"/challenges/{challenge.slug}/viewing/new", data={"role": "approver"})
    assert client.get(f"/challenges/{challenge.slug}").status_code == 200
    assert client.get(f"/challenges/{scene.challenge.slug}/proposals").location == "/viewing?elsewhere=1"
    assert client.get(f"/proposals/{proposal.reference}").location == "/viewing?elsewhere=1"


def test_a_stand_in_answers_all_that_anything_asks_of_who_is_asking(world: World) -> None:
    asked: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if not {"people", "organisations", "roles", "viewing", "demo"} & set(path.parts):
            asked.update(re.findall(r"(?<![.\w])actor(?:\(\))?\.(\w+)", path.read_text()))
    for role in set(SeenRole) - {SeenRole.PUBLIC}:
        nobody = stand_in(role, world.challenge, company="A company")
        assert {name for name in asked if not hasattr(nobody, name)} == set()
        assert nobody.organisations(OrganisationKind.INDIVIDUAL) == []


def test_a_stand_in_is_nobody_and_cannot_be_stored(world: World) -> None:
    nobody = StandIn(SeenRole.TEAM, world.challenge, company="A company")
    assert not isinstance(nobody, Model)
    assert not inspect(nobody, raiseerr=False)
    assert db.session.get(User, nobody.id) is None
    assert [db.session.get(Organisation, number) for number in nobody.organisation_ids()] == [None]


@pytest.mark.parametrize("role", ROLES)
def test_a_stand_in_has_what_the_role_has_here_and_nothing_elsewhere(world: World, role: SeenRole) -> None:
    nobody = stand_in(role, world.challenge, company="A company")
    held = [known for known in ProgrammeRole if nobody.has_for(world.challenge, known)]
    assert held == ([role.granted] if role.granted else [])
    assert not nobody.has(*ProgrammeRole)
    assert not nobody.reach(*ProgrammeRole).covers(world.challenge.round)
    assert not nobody.is_staff_of(world.challenge)
    assert nobody.acts_for(world.body) == (role is SeenRole.APPROVER)
    assert not nobody.acts_for(world.proposals[0].organisation_id)


def test_what_is_kept_from_oneself_is_kept_from_whom_one_sees_it_as(
    seeing: Seeing, world: World, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Whatever reason a package has to keep this person out holds for who stands in for them."""
    address = f"/proposals/{world.proposals[0].reference}"
    client = seeing(SeenRole.AUDITOR)
    assert client.get(address).status_code == 200
    kept_out = world.staff_here.id
    monkeypatch.setattr(reading, "BARRED", [lambda actor: true() if actor.id == kept_out else false()])
    statements.forget()
    request.addfinalizer(statements.forget)
    assert client.get(address).status_code == 404
