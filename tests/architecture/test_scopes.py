"""Someone with every role for one round finds as little about another round as a stranger, at every address."""

import pytest

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind
from civtech.programmes.models import Round
from civtech.roles.models import RoleGrant
from civtech.web.idempotency import new_idempotency_key
from tests.factories.challenges import BriefFactory
from tests.support.addresses import addresses, values
from tests.world import Age
from tests.world.kept import Worlds

pytestmark = pytest.mark.takes(12, "It asks for every address there is of a challenge.")

SCOPED = [role for role in ProgrammeRole if role is not ProgrammeRole.ADMINISTRATOR]


@pytest.fixture
def world(worlds: Worlds, app, now):
    """A round with a challenge in funded work, money on its way, and a challenge that is not published."""
    world = worlds(Age.FUNDED, teams=2)
    world.release(world.in_force().milestones[0])
    world.draft = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=BriefFactory(question="How can we hear otters?"),
        budgets={},
        by=world.author,
        at=now,
    )
    world.other = Round.create(
        name="Round A", pathway=world.challenge.round.pathway, currency="GBP", by=world.staff, at=now
    )
    db.session.commit()
    return world


def entrusted(world, name: str, scope: Scope, roles=SCOPED):
    person = world.person(name)
    for role in roles:
        RoleGrant.by_operator(person, role, at=world.at, scope=scope)
    db.session.commit()
    return person


def answers(app, client, world, *methods: str) -> dict[tuple[str, str], int]:
    found = {}
    for rule, address in addresses(app, world):
        for method in sorted(rule.methods & set(methods)):
            data = {"idempotency_key": new_idempotency_key()} if method == "POST" else None
            found[method, address] = client.open(address, method=method, data=data).status_code
    return found


def test_every_role_for_one_round_opens_nothing_of_another(app, world, signed_in):
    scope = Scope(ScopeKind.ROUND, world.other.reference)
    stranger = answers(app, signed_in(world.person("nobody_here")), world, "GET", "POST")
    staff_of_another = answers(app, signed_in(entrusted(world, "of_round_a", scope)), world, "GET", "POST")
    assert staff_of_another == stranger
    assert len(stranger) > 70
    hidden = ("/agreements/", "/decisions/", "/milestones/", "/proposals/", "/releases/", "/rounds/")
    assert {status for (_method, address), status in stranger.items() if address.startswith(hidden)} == {404}
    refused = {address for (method, address), status in stranger.items() if method == "POST" and status in {403, 404}}
    assert f"/releases/{values(world)['releases']['reference']}/approval" in refused
    assert f"/challenges/{world.challenge.slug}/panels/sift/judges" in refused


def test_a_role_here_lends_nothing_to_a_role_elsewhere(app, world, signed_in):
    """An auditor of this round who is staff and finance of another can do no more here than an auditor: nothing."""
    here = Scope(ScopeKind.ROUND, world.challenge.round.reference)
    auditor = entrusted(world, "auditor_here", here, [ProgrammeRole.AUDITOR])
    both = entrusted(world, "both", here, [ProgrammeRole.AUDITOR])
    elsewhere = Scope(ScopeKind.ROUND, world.other.reference)
    for role in SCOPED:
        RoleGrant.by_operator(both, role, at=world.at, scope=elsewhere)
    expected = answers(app, signed_in(auditor), world, "GET", "POST")
    assert answers(app, signed_in(both), world, "GET", "POST") == expected
    assert sum(status == 403 for status in expected.values()) > 20


@pytest.mark.parametrize("kind", ["round", "challenge"])
def test_the_lists_of_whoever_holds_every_role_elsewhere_name_nothing_of_this_round(app, world, signed_in, kind):
    scope = Scope(ScopeKind.ROUND, world.other.reference)
    if kind == "challenge":
        scope = Scope(ScopeKind.CHALLENGE, world.draft.reference)
    client = signed_in(entrusted(world, "elsewhere", scope))
    known = values(world)
    secret = [
        world.challenge.slug,
        *(str(known[area]["reference"]) for area in ("proposals", "releases", "milestones")),
    ]
    if kind == "round":
        secret += [world.draft.slug, world.challenge.round.reference]
    for page in ("/home", "/challenges/manage", "/money", "/releases", "/rounds", "/judging"):
        answer = client.get(page)
        assert answer.status_code == 200 or (kind, page, answer.status_code) == ("challenge", "/rounds", 403)
        assert [word for word in secret if word in answer.text] == [], page
    assert (client.get(f"/challenges/{world.draft.slug}").status_code == 200) == (kind == "challenge")


@pytest.mark.parametrize("kind", ["round", "challenge"])
def test_every_role_for_this_round_or_challenge_reads_of_it_what_the_same_roles_for_everything_read(
    app, world, signed_in, kind
):
    everywhere = answers(app, signed_in(entrusted(world, "everywhere", EVERYWHERE)), world, "GET")
    reference = world.challenge.round.reference if kind == "round" else world.challenge.reference
    here = answers(app, signed_in(entrusted(world, "here", Scope(ScopeKind(kind), reference))), world, "GET")
    different = {address for (_method, address), status in here.items() if status != everywhere["GET", address]}
    rounds = {address for _rule, address in addresses(app, world) if address.startswith("/rounds/")}
    assert different == (set() if kind == "round" else rounds & different)
    assert sum(status == 200 for status in here.values()) > 15


@pytest.mark.parametrize("role", SCOPED)
def test_no_role_for_one_round_opens_what_takes_the_whole_programme(app, world, signed_in, role):
    scope = Scope(ScopeKind.ROUND, world.other.reference)
    client = signed_in(entrusted(world, "of_round_a", scope, [role]))
    for page in ("/public-bodies", "/public-bodies/new", "/rounds/new", "/audit", "/outbox", "/roles", "/roles/new"):
        assert client.get(page).status_code == 403, page
    assert client.get(f"/organisations/{world.body.reference}").status_code == 404


def test_a_role_ended_between_two_presses_acts_on_the_second(app, world, signed_in):
    scope = Scope(ScopeKind.CHALLENGE, world.challenge.reference)
    finance = entrusted(world, "finance_here", scope, [ProgrammeRole.FINANCE])
    client = signed_in(finance)
    release = f"/releases/{values(world)['releases']['reference']}"
    assert client.get(release).status_code == 200
    finance.granted_roles[0].end(by=None, at=world.at)
    db.session.commit()
    assert client.post(f"{release}/approval", data={"seen": "1"}).status_code == 404
