"""Staff see a challenge as another role: read-only, marked, on record, and not for long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.oversight.models import AuditEntry
from civtech.people.models import BrowserSession, ProgrammeRole, User
from civtech.roles.models import RoleGrant
from civtech.viewing.events import ViewingBegan, ViewingEnded
from civtech.viewing.models import LASTS, SeenRole, Viewing
from civtech.web.idempotency import new_idempotency_key
from tests.factories.challenges import BriefFactory
from tests.support.addresses import addresses
from tests.support.messages import fragment, wording
from tests.world import World

SignIn = Callable[[User], FlaskClient]
Seeing = Callable[..., FlaskClient]
MARK = fragment("You cannot change anything. Viewing ends automatically at")
STAYS = {"viewing.end", "security.logout"}
ROLES = list(SeenRole)


def recorded(kind: type) -> list[tuple[str | None, str | None, dict[str, object]]]:
    found = select(AuditEntry).where(AuditEntry.event == kind.__name__).order_by(AuditEntry.sequence)
    return [(entry.actor, entry.subject, dict(entry.facts)) for entry in db.session.scalars(found)]


def test_staff_are_shown_the_way_and_told_what_it_shows(signed_in: SignIn, world: World, page: str, start: str) -> None:
    client = signed_in(world.staff_here)
    assert f'href="{start}"' in client.get(page).text
    told = client.get(start).text
    assert fragment("Proposals stay sealed until they are opened, for every role and for you.") in told
    assert "automatically after 15 minutes" in told
    assert told.count('type="radio"') == len(SeenRole)


def test_beginning_and_stopping_are_on_record(seeing: Seeing, world: World, start: str) -> None:
    client = seeing(SeenRole.JUDGE)
    who, what = world.staff_here.reference, world.challenge.reference
    until = (world.at + LASTS).isoformat()
    assert recorded(ViewingBegan) == [(who, what, {"role": "judge", "until": until})]
    assert client.post("/viewing/end").location == start
    assert recorded(ViewingEnded) == [(who, what, {"role": "judge"})]
    assert MARK not in client.get(start).text
    client.post("/viewing/end")
    assert len(recorded(ViewingEnded)) == 1


@pytest.mark.takes(4, "It asks for every page.")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_marked_and_has_the_button_to_stop(
    app: Flask, seeing: Seeing, world: World, role: SeenRole
) -> None:
    client = seeing(role)
    marked = 0
    for rule, address in addresses(app, world):
        answer = client.get(address) if "GET" in (rule.methods or ()) else None
        if answer is not None and answer.mimetype == "text/html" and answer.status_code != 302:
            assert MARK in answer.text, address
            assert 'action="/viewing/end"' in answer.text, address
            marked += 1
    assert marked >= {SeenRole.PUBLIC: 1, SeenRole.COMPANY: 3, SeenRole.TEAM: 3, SeenRole.JUDGE: 2}.get(role, 6)
    assert MARK in client.get("/viewing").text
    assert MARK in client.get("/nowhere/at/all").text


def test_it_ends_by_itself(seeing: Seeing, world: World, page: str) -> None:
    client = seeing(SeenRole.PUBLIC)
    with clock.at(world.at + LASTS - timedelta(seconds=1)):
        assert MARK in client.get(page).text
    with clock.at(world.at + LASTS):
        assert MARK not in client.get(page).text
        assert wording("View as another role") in client.get(page).text
        assert client.get("/viewing").location == "/home"
    with clock.at(world.at + 2 * LASTS):
        assert client.post(f"{page}/viewing/new", data={"role": "auditor"}).status_code == 302
        assert wording("You are viewing this as %(role)s.", role="an auditor") in client.get(page).text


def test_signing_out_ends_it(app: Flask, seeing: Seeing, signed_in: SignIn, world: World, page: str) -> None:
    client = seeing(SeenRole.AUDITOR)
    assert client.post("/sign-out").status_code == 302
    assert MARK not in client.get(page).text
    assert [facts for _who, _what, facts in recorded(ViewingEnded)] == [{"role": "auditor"}]


def test_it_is_bound_to_the_browser_it_began_in(
    app: Flask, seeing: Seeing, signed_in: SignIn, world: World, page: str
) -> None:
    seeing(SeenRole.PUBLIC)
    elsewhere = app.test_client()
    with elsewhere.session_transaction() as session:
        session.update({"_user_id": world.staff_here.fs_uniquifier, "_fresh": True, "id": "another", "used": 2**33})
    BrowserSession.begin(world.staff_here, secret="another", browser="", at=world.at, with_second_factor=True)
    assert MARK not in elsewhere.get(page).text
    assert wording("View as another role") in elsewhere.get(page).text


def test_it_ends_when_the_role_does(seeing: Seeing, world: World, page: str) -> None:
    client = seeing(SeenRole.AUDITOR)
    world.staff_here.granted_roles[0].end(by=None, at=world.at)
    db.session.commit()
    answer = client.get(page).text
    assert MARK not in answer
    assert wording("View as another role") not in answer


@pytest.mark.takes(4, "It sends every form.")
@pytest.mark.parametrize("role", [SeenRole.PUBLIC, SeenRole.APPROVER])
def test_nothing_can_be_written_meanwhile(app: Flask, seeing: Seeing, world: World, role: SeenRole) -> None:
    client = seeing(role)
    known = {id(rule): address for rule, address in addresses(app, world)}
    adapter = app.url_map.bind("localhost")
    before, tried = db.session.scalar(select(AuditEntry.sequence).order_by(AuditEntry.sequence.desc())), 0
    wrong = []
    for rule in app.url_map.iter_rules():
        values = {name: 1 if "Integer" in type(rule._converters[name]).__name__ else "x" for name in rule.arguments}
        address = known.get(id(rule)) or adapter.build(rule.endpoint, values)
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            if rule.endpoint in STAYS:
                continue
            data = {"idempotency_key": new_idempotency_key(), "role": "public", "seen": "1"}
            answer = client.open(address, method=method, data=data)
            tried += 1
            if (
                answer.status_code != 403
                or fragment("so you cannot change anything. Stop viewing as another role") not in answer.text
            ):
                wrong.append((method, address, answer.status_code))
    assert wrong == []
    assert tried > 80
    assert db.session.scalar(select(AuditEntry.sequence).order_by(AuditEntry.sequence.desc())) == before


@pytest.mark.parametrize(
    "who", ["staff_elsewhere", "finance", "auditor", "approver", "company_owner", "judge_one", "stranger"]
)
def test_nobody_but_staff_of_the_challenge_begins(
    signed_in: SignIn, world: World, page: str, start: str, who: str
) -> None:
    client = signed_in(world.people[who])
    assert start not in client.get(page).text
    assert client.get(start).status_code == 403
    assert client.post(start, data={"role": "auditor"}).status_code == 403
    assert recorded(ViewingBegan) == []


def test_staff_of_a_team_or_on_a_panel_do_not(signed_in: SignIn, world: World, start: str) -> None:
    for who in ("company_viewer", "judge_one"):
        RoleGrant.by_operator(world.people[who], ProgrammeRole.STAFF, at=world.at)
        assert signed_in(world.people[who]).get(start).status_code == 403
    assert recorded(ViewingBegan) == []


def test_pages_of_anything_else_are_not_shown(seeing: Seeing, world: World, start: str) -> None:
    other = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=BriefFactory(question="How can we hear otters?"),
        budgets={},
        by=world.author,
        at=world.at,
    )
    client = seeing(SeenRole.APPROVER, world.staff)
    elsewhere = (
        f"/challenges/{other.slug}",
        f"/organisations/{world.body.reference}",
        f"/rounds/{world.challenge.round.reference}",
        "/",
        "/home",
        "/money",
        "/audit",
        "/account",
        start,
    )
    for address in elsewhere:
        assert client.get(address).location in {"/viewing?elsewhere=1", None}, address
        assert client.get(address).status_code in {302, 404}, address
    assert fragment("To open it, stop viewing as another role first.") in client.get("/viewing?elsewhere=1").text


def test_the_public_is_not_sent_to_sign_in(seeing: Seeing, page: str) -> None:
    client = seeing(SeenRole.PUBLIC)
    told = client.get(f"{page}/questions", follow_redirects=True)
    assert told.request.path == "/viewing"
    assert fragment("or the role would have to sign in to see it.") in told.text
    assert fragment("We signed you out") not in told.text
    assert client.get(f"/register/{page.rpartition('/')[2]}").status_code == 200


def test_what_is_not_published_is_seen_only_by_who_sees_it(signed_in: SignIn, world: World) -> None:
    draft = Challenge.draft(
        round=world.challenge.round,
        sponsor=world.body,
        brief=BriefFactory(question="How can we hear otters?"),
        budgets={},
        by=world.author,
        at=world.at,
    )
    client = signed_in(world.staff)
    start = f"/challenges/{draft.slug}/viewing/new"
    offered = client.get(start).text
    assert [role for role in SeenRole if f'value="{role.value}"' in offered] == [SeenRole.APPROVER, SeenRole.AUDITOR]
    assert client.post(start, data={"role": "public"}).status_code == 422
    assert client.post(start, data={"role": "approver"}).status_code == 302
    with pytest.raises(RuleViolation, match="not published"):
        Viewing.begin(session=BrowserSession(), challenge=draft, role=SeenRole.PUBLIC, by=world.staff, at=world.at)
    assert client.get(f"/challenges/{draft.slug}").status_code == 200


@pytest.mark.parametrize("sent", ["", "nobody", "public\0", "staff"])
def test_only_the_roles_on_offer_can_be_chosen(signed_in: SignIn, world: World, start: str, sent: str) -> None:
    answer = signed_in(world.staff_here).post(start, data={"role": sent})
    assert answer.status_code == 422
    assert recorded(ViewingBegan) == []


def test_nobody_pays_for_it_while_it_is_off(signed_in: SignIn, world: World, page: str) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    client = signed_in(world.staff_here)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        client.get("/account")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert [statement for statement in statements if "FROM viewing" in statement] == []
