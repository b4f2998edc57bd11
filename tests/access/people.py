"""The people who try every address: one of each kind, with their roles in the world of `tests.access.world`."""

from datetime import timedelta

from civtech.core.db import db
from civtech.organisations.models import MemberRole
from civtech.people.models import BrowserSession, ProgrammeRole, Scope, ScopeKind, User
from civtech.roles.models import RoleGrant
from tests.support.sessions import WHATEVER_THE_CLOCK_SAYS
from tests.world import World

KINDS = {
    "visitor": "nobody who is signed in",
    "unconfirmed": "an account whose address is not confirmed",
    "stranger": "an account and nothing else",
    "inventor": "a person with an idea",
    "owner": "owner of the companies of all teams but the rival's",
    "editor": "editor of the same companies",
    "viewer": "viewer of the same companies",
    "rival": "owner of the rival company, which answered the same challenges",
    "author": "author of the sponsor, who drafts and proposes the challenges",
    "approver": "approver of the sponsor, who approves them and accepts the rights statements",
    "acceptor": "acceptor of the sponsor, who accepts the evidence",
    "head": "owner of the sponsor",
    "foreigner": "owner of another public body",
    "judge": "judge on every panel, who has scored what is scored",
    "staff": "programme staff, who asks, proposes and draws up",
    "colleague": "programme staff, who confirms and approves",
    "unproven": "programme staff, signed in without their second factor",
    "torn": "programme staff, viewer of the companies as well",
    "seated": "programme staff, judge on every panel as well",
    "steward": "staff of this round",
    "elsewhere": "staff, finance, auditor and panel secretary of another round",
    "secretary": "panel secretary of this round",
    "finance": "finance",
    "auditor": "auditor",
    "administrator": "administrator, who asks for roles",
    "second": "administrator, who approves them",
}
GROUPS = (4, 4, 5, 1, 7, 5)
"""The number of kinds in each group of a table line: outside, teams, public bodies, judges, staff, the others."""

VISITOR, WITHOUT_FACTOR = "visitor", "unproven"
FROM_FACTORY = {
    "stranger": "stranger",
    "rival": "company_owner",
    "author": "author",
    "approver": "approver",
    "acceptor": "acceptor",
    "head": "head",
    "judge": "judge_one",
    "seated": "judge_two",
    "staff": "staff",
    "colleague": "colleague",
    "finance": "finance",
    "auditor": "auditor",
}
OF_THE_PROGRAMME = {
    "unproven": ProgrammeRole.STAFF,
    "seated": ProgrammeRole.STAFF,
    "administrator": ProgrammeRole.ADMINISTRATOR,
    "second": ProgrammeRole.ADMINISTRATOR,
}
OF_THE_ROUND = {"steward": ProgrammeRole.STAFF, "secretary": ProgrammeRole.SECRETARY}
ELSEWHERE = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.AUDITOR, ProgrammeRole.SECRETARY)
IN_COMPANIES = {
    "owner": MemberRole.OWNER,
    "editor": MemberRole.EDITOR,
    "viewer": MemberRole.VIEWER,
    "torn": MemberRole.VIEWER,
}


def around(world: World) -> dict[str, User]:
    """Everyone but the visitor. The first team is the rival's; the others have our people as members."""
    people = {kind: world.people[key] for kind, key in FROM_FACTORY.items()}
    start = world.at - timedelta(days=119)
    for kind in [kind for kind in KINDS if kind not in people and kind != VISITOR]:
        people[kind] = world.person(f"the_{kind}", name=kind.title())
    people["unconfirmed"].confirmed_at = None
    people["unproven"].tf_primary_method, people["unproven"].tf_totp_secret = "authenticator", "not a secret"
    for team in world.proposals[1:]:
        for kind, role in IN_COMPANIES.items():
            team.organisation.admit(people[kind], role, by=None, at=start)
    db.session.flush()
    for kind, programme_role in OF_THE_PROGRAMME.items():
        RoleGrant.by_operator(people[kind], programme_role, at=start)
    RoleGrant.by_operator(people["torn"], ProgrammeRole.STAFF, at=world.at - timedelta(hours=1))
    here = Scope(ScopeKind.ROUND, world.challenge.round.reference)
    for kind, round_role in OF_THE_ROUND.items():
        RoleGrant.by_operator(people[kind], round_role, at=start, scope=here)
    return people


def sign_in(people: dict[str, User]) -> dict[str, dict[str, object]]:
    """A session for each of `people`: the content of their browsers' cookies."""
    cookies: dict[str, dict[str, object]] = {}
    for kind, person in people.items():
        secret = f"session of the {kind}"
        BrowserSession.begin(
            person,
            secret=secret,
            browser="Test/1.0",
            at=WHATEVER_THE_CLOCK_SAYS,
            with_second_factor=kind != WITHOUT_FACTOR,
        )
        used = int(WHATEVER_THE_CLOCK_SAYS.timestamp())
        cookies[kind] = {"_user_id": person.fs_uniquifier, "_fresh": True, "id": secret, "used": used}
    return cookies
