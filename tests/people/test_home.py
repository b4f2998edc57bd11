"""What needs me now, my account, and the first step of each role."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.text import Text
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.people.models import ProgrammeRole, User
from civtech.web import registries, tasks
from civtech.web.tasks import Task
from tests.factories.programmes import RoundFactory
from tests.people.conftest import count_statements, find
from tests.support.messages import fragment, wording

pytestmark = pytest.mark.both_databases("queries")

SignedIn = Callable[[User], FlaskClient]


@pytest.fixture
def alone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No task and no panel of any package. The packages register theirs while `app` is made, so that comes first."""
    monkeypatch.setattr(tasks, "_givers", [])
    monkeypatch.setattr(tasks._waiting, "_kept", [])
    monkeypatch.setattr(registries, "_panels", registries._panels.__class__(registries.Ordered))


@pytest.fixture
def waiting(alone: None) -> None:
    @tasks.task
    def some(_actor: User, at: datetime) -> Iterator[Task]:
        yield Task(Text(wording("Score a proposal")), "/a", due=at + timedelta(days=9), group=Text("Judging"))
        yield Task(Text("Finish your proposal"), "/b", "Harbour", due=at + timedelta(days=2), group=Text("Proposals"))
        yield Task(Text("Read an answer"), "/c", group=Text("Proposals"))


def test_somebody_new_is_shown_how_to_begin(alone: None, person: Callable[..., User], signed_in: SignedIn) -> None:
    page = signed_in(person()).get("/home").text
    assert wording("Create an organisation to answer challenges") in page
    assert 'href="/organisations/new"' in page


def test_each_role_has_its_own_first_step(
    alone: None,
    staff: User,
    company: Organisation,
    body: Organisation,
    person: Callable[..., User],
    signed_in: SignedIn,
) -> None:
    finance = person("finance@example.org", "Fin", roles=[ProgrammeRole.FINANCE])
    for who, words in (
        (staff, fragment("Add a public body, then invite the people who act for it.")),
        (find("owner@example.org"), wording("Find a challenge you can answer")),
        (find("sponsor@example.org"), wording("Draft the first challenge of %(name)s", name="Isle Council")),
        (find("sponsor@example.org"), wording("Invite a second person to %(name)s", name="Isle Council")),
        (finance, wording("No payments need your attention")),
    ):
        page = signed_in(who).get("/home").text
        assert words in page
        assert wording("Create an organisation to answer challenges") not in page


def test_g_who_is_no_longer_alone_in_a_public_body_is_not_told_to_invite_someone(
    alone: None, body: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    owner, colleague = find("sponsor@example.org"), person("second@example.org", "Sally Second")
    invite = wording("Invite a second person to %(name)s", name="Isle Council")
    assert invite in signed_in(owner).get("/home").text
    with unit_of_work():
        db.session.merge(body).admit(colleague, MemberRole.APPROVER, by=None, at=clock.now())
    assert invite not in signed_in(owner).get("/home").text
    approver = signed_in(colleague).get("/home").text
    assert invite not in approver
    assert wording("Draft the first challenge of %(name)s", name="Isle Council") not in approver
    assert wording("Nothing needs your attention for %(name)s", name="Isle Council") in approver


def test_g_staff_of_a_programme_without_rounds_are_told_to_create_one_and_sponsors_to_wait(
    alone: None, staff: User, body: Organisation, signed_in: SignedIn
) -> None:
    page = signed_in(staff).get("/home").text
    assert page.index(wording("Create the first round")) < page.index(wording("Invite public bodies"))
    assert signed_in(staff).get("/rounds/new").status_code == 200
    sponsor = signed_in(find("sponsor@example.org")).get("/home").text
    assert fragment("No round takes challenges at the moment.") in sponsor
    assert 'href="/challenges/new"' not in sponsor.split("<main")[1]
    with unit_of_work():
        RoundFactory(by=db.session.merge(staff))
    assert wording("Create the first round") not in signed_in(staff).get("/home").text
    assert 'href="/challenges/new"' in signed_in(find("sponsor@example.org")).get("/home").text.split("<main")[1]


@pytest.mark.parametrize(
    ("role", "words", "guide"),
    [
        (ProgrammeRole.JUDGE, "You are not on a panel yet", "judges"),
        (ProgrammeRole.ADMINISTRATOR, "Give people their roles", "administrators"),
        (ProgrammeRole.FINANCE, "No payments need your attention", "finance"),
        (ProgrammeRole.STAFF, "Create the first round", "programme-staff"),
        (ProgrammeRole.SECRETARY, "Nothing needs your attention", "panel-secretaries"),
        (ProgrammeRole.AUDITOR, "Nothing needs your attention", "auditors"),
    ],
)
def test_g_each_role_has_a_first_step_and_its_guide(
    alone: None,
    person: Callable[..., User],
    signed_in: SignedIn,
    role: ProgrammeRole,
    words: str,
    guide: str,
) -> None:
    client = signed_in(person("new@example.org", "Nia New", roles=[role]))
    page = client.get("/home").text
    main = page.split("<main")[1]
    assert wording(words) in main
    assert wording("Create an organisation to answer challenges") not in main
    assert re.findall(r'href="(/help/[^"]+)"', main) in ([f"/help/{guide}"], [f"/help/{guide}"] * 2)
    assert client.get(f"/help/{guide}").status_code == 200
    for address in re.findall(r'<a href="(/[^"]*)"[^>]*role="button"', main):
        assert client.get(address).status_code == 200, address


def test_g_a_new_company_is_told_to_add_its_number_and_invite_colleagues_until_it_has(
    alone: None, company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    owner, colleague = find("owner@example.org"), person("second@example.org", "Sally Second")
    page = signed_in(owner).get("/home").text
    steps = [
        wording("Add the registration number of %(name)s", name="Kelp Ltd"),
        wording("Invite your colleagues to %(name)s", name="Kelp Ltd"),
        wording("Find a challenge you can answer"),
    ]
    assert [page.index(step) for step in steps] == sorted(page.index(step) for step in steps)
    with unit_of_work():
        db.session.merge(company).admit(colleague, MemberRole.EDITOR, by=None, at=clock.now())
    for who in (owner, colleague):
        page = signed_in(who).get("/home").text
        assert [step in page for step in steps] == [False, False, True]


def test_who_has_a_role_and_a_company_reads_of_the_role_first(
    alone: None, person: Callable[..., User], signed_in: SignedIn
) -> None:
    auditor = person("ada@example.org", roles=[ProgrammeRole.AUDITOR])
    with unit_of_work():
        Organisation.create(kind=OrganisationKind.COMPANY, legal_name="Dulse Ltd", by=auditor, at=clock.now())
    page = signed_in(auditor).get("/home").text
    role, company = wording("View your account and roles"), wording("Find a challenge you can answer")
    assert page.index(role) < page.index(company)
    assert wording("Create an organisation to answer challenges") not in page


def test_tasks_stand_in_their_groups_the_most_urgent_first(
    waiting: None, company: Organisation, signed_in: SignedIn
) -> None:
    page = signed_in(find("owner@example.org")).get("/home").text
    places = [
        page.index(words) for words in ("Proposals</h2>", "Finish your proposal", "Read an answer", "Judging</h2>")
    ]
    assert places == sorted(places)
    assert wording("Find a challenge you can answer") not in page


def test_who_is_expected_somewhere_is_not_told_to_create_an_organisation(
    alone: None, person: Callable[..., User], signed_in: SignedIn
) -> None:
    registries.panel("home", "judging")(lambda actor, _subject: "<p>Your judging</p>" if actor.name == "Judy" else None)
    judge = signed_in(person("judge@example.org", "Judy")).get("/home").text
    assert "<p>Your judging</p>" in judge
    assert wording("Create an organisation to answer challenges") not in judge
    assert wording("Create an organisation to answer challenges") in signed_in(person()).get("/home").text


def test_who_has_a_task_and_nothing_else_is_not_told_to_create_an_organisation(
    waiting: None, person: Callable[..., User], signed_in: SignedIn
) -> None:
    page = signed_in(person()).get("/home").text
    assert wording("Score a proposal") in page
    assert wording("Create an organisation to answer challenges") not in page


@pytest.mark.parametrize(
    ("roles", "why"),
    [
        ([ProgrammeRole.STAFF], fragment("Your role lets you open proposals and release money.")),
        (
            [ProgrammeRole.STAFF, ProgrammeRole.AUDITOR],
            fragment("Your role lets you open proposals and release money."),
        ),
        ([ProgrammeRole.FINANCE], fragment("Your role lets you move money.")),
        ([ProgrammeRole.AUDITOR], fragment("Your role lets you read what is not public.")),
        ([ProgrammeRole.ADMINISTRATOR], fragment("Your role is a position of trust.")),
    ],
)
def test_a_programme_role_is_asked_for_a_second_factor_for_what_it_can_do(
    person: Callable[..., User], signed_in: SignedIn, roles: list[ProgrammeRole], why: str
) -> None:
    page = signed_in(person("somebody@example.org", "Somebody", roles=roles)).get("/home").text
    assert wording("Set up a second factor") in page
    assert wording(f"{why} Protect it with a second factor.") in page
    assert page.count(fragment("Protect it with a second factor.")) == 1


def test_who_holds_no_programme_role_is_not_asked(person: Callable[..., User], signed_in: SignedIn) -> None:
    assert wording("Set up a second factor") not in signed_in(person()).get("/home").text


def test_the_account_page_shows_who_one_is(
    body: Organisation, staff: User, signed_in: SignedIn, company: Organisation
) -> None:
    page = signed_in(find("sponsor@example.org")).get("/account").text
    assert all(words in page for words in ("Simon Sponsor", "sponsor@example.org", "Isle Council", "Owner", "Off"))
    assert "Kelp" not in page
    assert wording("Programme staff") in signed_in(staff).get("/account").text


def test_one_changes_ones_name(person: Callable[..., User], signed_in: SignedIn, happened: list[str]) -> None:
    client = signed_in(person())
    for wrong in ("", "   ", "x" * 201, "a\x1bb"):
        assert client.post("/account/name", data={"name": wrong}).status_code == 422
    assert client.post("/account/name", data={"name": "  Augusta  Ada "}).location == "/account"
    assert find("ada@example.org").name == "Augusta Ada"
    assert happened[-1] == "PersonRenamed"


def test_a_visitor_is_sent_to_sign_in(client: FlaskClient) -> None:
    for path in ("/home", "/account", "/account/name", "/organisations/new", "/public-bodies", "/account/password"):
        assert client.get(path).location == f"/sign-in?next={path}"
    assert client.post("/account/name", data={"name": "x"}).location == "/sign-in?next=/account/name"


def test_a_page_of_ones_own_reads_the_person_once_and_their_passkeys(
    alone: None, company: Organisation, signed_in: SignedIn
) -> None:
    client = signed_in(find("owner@example.org"))
    statements = count_statements()
    client.get("/account")
    assert ["FROM person" in said for said in statements] == [True, False], statements


def test_the_navigation_offers_what_would_work(client: FlaskClient, staff: User, signed_in: SignedIn) -> None:
    visitor = client.get("/sign-in").text
    assert 'href="/sign-up"' in visitor
    assert "/sign-out" not in visitor
    page = signed_in(staff).get("/account").text
    assert '<form method="post" action="/sign-out">' in page
    assert 'href="/sign-in"' not in page


def named(page: str) -> set[str]:
    """The words in the navigation at the top of a page."""
    top = page[page.index('<header class="header">') : page.index("</header>")]
    return {words.strip() for words in re.findall(r'<a class="nav__link"[^>]*>([^<]*)</a>', top)}


def test_the_navigation_offers_each_role_its_own_lists(
    staff: User, company: Organisation, body: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    auditor = person("auditor@example.org", "Aud", roles=[ProgrammeRole.AUDITOR])
    finance = person("finance@example.org", "Fin", roles=[ProgrammeRole.FINANCE])
    lists = {wording("My proposals"), wording("Our challenges"), wording("All challenges"), wording("Public bodies")}
    for who, offered in (
        (staff, {wording("All challenges"), wording("Public bodies")}),
        (auditor, {wording("All challenges")}),
        (finance, set()),
        (find("sponsor@example.org"), {wording("Our challenges")}),
        (find("owner@example.org"), {wording("My proposals")}),
        (person("new@example.org", "Nora New"), {wording("My proposals")}),
    ):
        assert named(signed_in(who).get("/account").text) & lists == offered, who.email


def test_staff_with_a_company_of_their_own_find_its_proposals(
    company: Organisation, staff: User, signed_in: SignedIn
) -> None:
    with unit_of_work():
        db.session.merge(company).admit(db.session.merge(staff), MemberRole.VIEWER, by=None, at=clock.now())
    assert wording("My proposals") in named(signed_in(find("staff@example.org")).get("/account").text)


def test_everybody_finds_their_judging_on_the_page_of_their_account(
    person: Callable[..., User], signed_in: SignedIn
) -> None:
    assert 'href="/judging"' in signed_in(person()).get("/account").text
