"""The ten steps from an open question to released money, played by people on the pages.

Told once, played twice: by a reader of HTML without JavaScript, and in Chromium.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.judging.models import Assignment, Panel
from civtech.notifications.models import OutboxMessage
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.oversight.verification import End, verify
from civtech.people.models import ProgrammeRole, User
from civtech.programmes import presets
from civtech.programmes.models import Stage
from civtech.roles.models import RoleGrant
from tests.factories.verbs import NOW
from tests.journeys.conftest import Timeline
from tests.support.codes import enter_code, set_up_authenticator
from tests.support.messages import fragment, wording
from tests.support.person import Person

pytestmark = [
    pytest.mark.journey,
    pytest.mark.both_databases("queries"),
    pytest.mark.takes(40, "It plays the whole story."),
]
NUMBERS = {"Ada": "SC123456", "Bob": "SC234567", "Cyd": "SC345678"}
PASSWORD = "three green boats sing"
QUESTION = "How can we use technology to design smart roads?"
CRITERIA = {
    "sift": ("Solves the challenge", "New thinking", "Commercial potential", "Commitment"),
    "interview": ("Solves the challenge", "Team", "Commercial potential", "Equality and environment"),
    "exploration": ("Solves the challenge", "Deliverable in the accelerator", "Commercial potential"),
}
PLACES = {"sift": 6, "interview": 3, "exploration": 1}
NEXT = {"sift": "Interview", "interview": "Exploration", "exploration": "Accelerator"}


@dataclass
class Play:
    """The people, the clock, and the results so far."""

    time: Timeline
    somebody: Callable[..., Person]
    people: dict[str, User] = field(default_factory=dict)
    seats: dict[str, Person] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def as_(self, name: str) -> Person:
        """The pages as this person sees them. Founders sign in again when their session has expired."""
        if name not in self.seats:
            self.seats[name] = self.somebody(self.people[name])
        seat = self.seats[name]
        if name not in self.people:
            seat.go("/account")
            if seat.path.startswith("/sign-in"):
                sign_in(seat, name)
                enter_code(seat, self.secrets[name])
        return seat

    def later(self, **span: int) -> None:
        """Let time pass."""
        self.time.instant += timedelta(**span)

    @property
    def challenge(self) -> Challenge:
        db.session.rollback()
        return db.session.scalars(select(Challenge)).unique().one()

    def at(self, path: str) -> str:
        return f"/challenges/{self.challenge.slug}{path}"


def register(name: str) -> User:
    local, domain = name.lower().replace(" ", "."), name.lower().split()[0]
    return User.register(name=name, email=f"{local}@{domain}.example.org", at=NOW, confirmed_at=NOW, active=True)


@pytest.fixture
def play(app, time: Timeline, somebody: Callable[..., Person]) -> Play:
    """Programme staff, a sponsor's people and judges. Everything else, including founders, starts on the pages."""
    play = Play(time, somebody)
    names = ["Staff One", "Staff Two", "Finance", "Auditor", "Author", "Approver", "Acceptor", "Judge One", "Judge Two"]
    for name in names:
        play.people[name] = register(name)
    for name, role in (
        ("Staff One", ProgrammeRole.STAFF),
        ("Staff Two", ProgrammeRole.STAFF),
        ("Finance", ProgrammeRole.FINANCE),
        ("Auditor", ProgrammeRole.AUDITOR),
    ):
        RoleGrant.by_operator(play.people[name], role, at=NOW)
    db.session.flush()
    body = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY,
        legal_name="Northern Roads Authority",
        by=play.people["Staff One"],
        at=NOW,
    )
    body.admit(play.people["Approver"], MemberRole.OWNER, by=None, at=NOW)
    body.admit(play.people["Author"], MemberRole.AUTHOR, by=None, at=NOW)
    body.admit(play.people["Acceptor"], MemberRole.ACCEPTOR, by=None, at=NOW)
    presets.publish_missing(by=None, at=NOW)
    db.session.commit()
    return play


def test_from_an_open_question_to_released_money(play: Play):
    staff_create_a_round(play)
    a_sponsor_asks_and_staff_publish(play)
    founders_create_accounts(play)
    a_visitor_reads_and_somebody_asks(play)
    start_ups_answer(play)
    two_people_open(play)
    judge(play, "sift", going_on=("Ada", "Bob", "Cyd"))
    judge(play, "interview", going_on=("Ada", "Bob"))
    agreements = {name: make_an_agreement(play, name, "exploration", "5,000") for name in ("Ada", "Bob")}
    for name, agreement in agreements.items():
        accept_the_rights(play, name, agreement)
        deliver_and_be_paid(play, name, agreement)
    judge(play, "exploration", going_on=("Ada",))
    one_goes_on_and_one_is_stopped(play, agreements)
    everybody_can_check(play, agreements["Ada"])


def staff_create_a_round(play: Play) -> None:
    """1. Staff create a round on the CivTech pathway. They can edit every figure until it opens."""
    staff = play.as_("Staff One")
    staff.go("/rounds/new")
    staff.fill("Name of the round", "Round 12")
    staff.choose("CivTech")
    staff.press("Create round")
    assert staff.sees("3 teams, £5,000 each")
    staff.follow("Change figures and criteria for “Exploration”")
    staff.fill("Amount for each team", "6,000")
    staff.press("Save figures and criteria")
    assert staff.sees("3 teams, £6,000 each")
    staff.follow("Change figures and criteria for “Exploration”")
    staff.fill("Amount for each team", "£5,000.00")
    staff.press("Save figures and criteria")
    staff.follow("Check and open round")
    staff.press("Open “Round 12”")
    assert staff.sees("Open")


def a_sponsor_asks_and_staff_publish(play: Play) -> None:
    """2. A sponsor drafts, someone else there approves, staff publish. It opens and closes by the clock."""
    author = play.as_("Author")
    author.go("/challenges/new")
    author.fill("Open question", QUESTION)
    author.fill("Summary", "Roads that tell us what they need, before they break.")
    author.fill("The need", "Repairs are found late and cost four times as much.")
    author.fill("What a good outcome looks like", "Fewer closures; repairs before the winter.")
    author.fill("Route to adoption", "The roads programme board holds the budget.")
    author.press("Save draft")
    author.press("Send for approval")
    approver = play.as_("Approver")
    approver.go(play.at(""))
    approver.press("Approve")
    staff = play.as_("Staff Two")
    staff.go(play.at(""))
    staff.follow("Choose dates")
    for group, day in (("Challenge opens", "3"), ("Questions close", "19"), ("Challenge closes", "26")):
        staff.fill(f"{group} / Day", day)
        staff.fill(f"{group} / Month", "3")
        staff.fill(f"{group} / Year", "2027")
        staff.fill(f"{group} / Time", "12:00")
    staff.press("Preview challenge")
    assert staff.sees("noon on Friday 26 March 2027 (UK time)")
    staff.press("Publish challenge")
    assert play.challenge.published_at is not None


def founders_create_accounts(play: Play) -> None:
    """3a. Founders who start proposals create accounts, confirm by an email's link and return to the proposal."""
    play.later(days=3)
    for name in ("Ada", "Bob", "Cyd"):
        founder = play.seats[name] = play.somebody()
        founder.go(play.at(""))
        founder.follow("Start a proposal")
        founder.follow("Create an account")
        founder.fill("Full name", f"{name} Founder")
        founder.fill("Email address", f"{name}@{name}.example.org")
        founder.fill("Choose a password", PASSWORD)
        founder.press("Create account")
        assert founder.sees("Check your email")
        assert founder.sees(f"{name}@{name}.example.org")
        sign_in(founder, name)
        assert founder.sees(fragment("Confirm your email address first"))
        founder.go(mailed_link(f"{name.lower()}@{name.lower()}.example.org"))
        founder.press("Confirm my email address")
        assert founder.sees(fragment("Your email address is confirmed."))
        sign_in(founder, name)
        assert founder.path == play.at("/proposals/new")
        assert founder.sees("First say who the proposal is from")


def sign_in(founder: Person, name: str) -> None:
    """Sign in on the sign-in page, if necessary after following the link to it."""
    if not founder.path.startswith("/sign-in"):
        founder.follow("Back to sign in")
    founder.fill("Email address", f"{name}@{name}.example.org")
    founder.fill("Password", PASSWORD)
    founder.press("Sign in")


def mailed_link(address: str) -> str:
    """The path of the link in the only email to this address."""
    db.session.rollback()
    mails = select(OutboxMessage).join(User, OutboxMessage.recipient).where(User.email == address)
    found = re.search(r"https?://[^/\s]+(/\S+)", db.session.scalars(mails).one().body or "")
    assert found
    return found.group(1)


def a_visitor_reads_and_somebody_asks(play: Play) -> None:
    """3. A visitor finds and reads it. A question is answered for everyone, without the asker's name."""
    visitor = play.somebody()
    visitor.go("/challenges")
    visitor.follow(QUESTION)
    for words in (
        "noon on Friday 26 March 2027 (UK time)",
        "3 teams, £5,000 each",
        "Solves the challenge",
        "What you make stays yours",
    ):
        assert visitor.sees(words), words
    asker = play.as_("Ada")
    asker.go(play.at(""))
    asker.follow("Ask a question")
    asker.fill("Your question", "May we use the sensors you already have?")
    asker.press("Send question")
    visitor.go(play.at(""))
    assert not visitor.sees("sensors you already have")
    author = play.as_("Author")
    author.go("/home")
    author.go(play.at("/questions"))
    author.follow("Answer")
    author.fill("Answer", "Yes, all four hundred of them.")
    author.press("Preview answer")
    author.press("Publish answer")
    visitor.go(play.at(""))
    assert visitor.sees("May we use the sensors you already have?")
    assert visitor.sees("Yes, all four hundred of them.")
    assert not visitor.sees("Ada")


def start_ups_answer(play: Play) -> None:
    """4. Companies are added, write, submit, get a receipt. One replaces, one withdraws; no one else can read them."""
    for name in ("Ada", "Bob", "Cyd"):
        owner = play.as_(name)
        owner.go(play.at("/proposals/new"))
        owner.follow("Add your company or yourself")
        owner.choose("Company")
        owner.fill("Legal name", f"{name} Ltd")
        owner.fill("Country and register", "United Kingdom: Companies House")
        owner.fill("Registration number", NUMBERS[name])
        owner.press("Create organisation")
        assert owner.sees("Protect your account first")
        play.secrets[name] = set_up_authenticator(owner)
        owner.fill("Title", f"Roads by {name}")
        owner.press("Start")
        reference = owner.path.split("/")[2].split("?")[0]
        play.proposals[name] = reference
        owner.go(f"/proposals/{reference}/summary")
        owner.fill("Summary", f"Canary {name} listens to the road.")
        owner.press("Save and go back to all sections")
        for key in ("idea", "answers", "new", "market", "team"):
            owner.go(f"/proposals/{reference}/sections/{key}")
            owner.fill("Your answer", f"Canary {name} on {key}: fibre in the kerb hears a crack before it is seen.")
            owner.press("Save and go back to all sections")
        owner.go(f"/proposals/{reference}/check")
        owner.choose("The team may make this offer")
        owner.press("Submit")
        assert owner.sees(reference)
    bob = play.as_("Bob")
    bob.go(f"/proposals/{play.proposals['Bob']}/withdrawal")
    bob.press("Withdraw your proposal")
    play.later(hours=1)
    bob = play.as_("Bob")
    bob.go(f"/proposals/{play.proposals['Bob']}/check")
    bob.choose("The team may make this offer")
    bob.press("Submit your proposal again")
    assert bob.status == 200
    staff = play.as_("Staff One")
    staff.go(play.at("/proposals"))
    assert staff.sees(play.proposals["Ada"])
    assert not staff.sees("Canary")
    staff.go(f"/proposals/{play.proposals['Ada']}")
    assert staff.status == 404


def two_people_open(play: Play) -> None:
    """4b. It closes by the clock. Late proposals are refused. Two named members of staff open it."""
    play.time.instant = datetime.fromisoformat("2027-03-26T12:00:00+00:00")
    late = play.as_("Cyd")
    late.go(f"/proposals/{play.proposals['Cyd']}")
    assert not late.sees(wording("Submit your proposal again"))
    one, two = play.as_("Staff One"), play.as_("Staff Two")
    one.go(play.at("/opening"))
    one.press("Request the opening")
    assert not one.sees("Canary")
    two.go(play.at("/opening"))
    two.press("Confirm and open the proposals")
    two.go(f"/proposals/{play.proposals['Ada']}")
    assert two.sees("Canary Ada on idea")


def judge(play: Play, stage: str, *, going_on: tuple[str, ...]) -> None:
    """5. and 8. Judges declare, score and lock. One person proposes, another approves. All teams are told at once."""
    staff = play.as_("Staff One")
    staff.go(play.at(f"/panels/{stage}"))
    fill_day(staff, "When scorecards are due", play.time.instant + timedelta(days=7))
    staff.press("Set up the panel")
    for person in ("Judge One", "Judge Two"):
        staff.go(play.at(f"/panels/{stage}/judges"))
        staff.fill("Judge’s email address", play.people[person].email)
        staff.press("Add judge to the panel")
    staff.go(play.at(f"/panels/{stage}/assignments"))
    staff.press("Assign every proposal to every judge")
    for person in ("Judge One", "Judge Two"):
        score(play, person, stage, going_on)
    staff.go(play.at(f"/panels/{stage}/ranking"))
    assert staff.sees("Ada Ltd")
    staff.go(play.at(f"/panels/{stage}/decisions/new"))
    staff.fill("Reason for the decision", "The panel followed the ranking.")
    if len(going_on) < PLACES[stage]:
        staff.fill("Reason for not following the ranking", "No other proposal passed.")
    staff.press("Propose the decision")
    decision = staff.path
    assert not staff.sees(wording("Approve the decision"))
    ada = play.as_("Ada")
    ada.go(f"/proposals/{play.proposals['Ada']}")
    assert not ada.sees(wording("Your proposal goes through to %(stage)s", stage=NEXT[stage]))
    second = play.as_("Staff Two")
    second.go(decision)
    second.press("Approve the decision")
    second.press("Tell the teams now")
    for name in going_on:
        team = play.as_(name)
        team.go(f"/proposals/{play.proposals[name]}")
        assert team.sees(wording("Your proposal goes through to %(stage)s", stage=NEXT[stage]))
        assert not any(team.sees(f"Canary {other} ") for other in play.proposals if other != name)


def score(play: Play, person: str, stage: str, going_on: tuple[str, ...]) -> None:
    """One judge's work. They read nothing before the declaration, and give every criterion a score and a reason."""
    db.session.rollback()
    assignments = db.session.scalars(
        select(Assignment)
        .join(Panel)
        .join(Stage)
        .where(Stage.key == stage, Assignment.judge_id == play.people[person].id)
    )
    for reference, title in [(one.reference, one.proposal.title) for one in assignments.unique()]:
        name = title.removeprefix("Roads by ")
        judge = play.as_(person)
        judge.go(f"/assignments/{reference}")
        assert not judge.sees("Canary")
        judge.choose("No, I have no conflict of interest")
        judge.press("Declare")
        assert judge.sees(f"Canary {name} on idea")
        for criterion in CRITERIA[stage]:
            judge.choose(f"{criterion} / {4 if name in going_on else 1}")
            judge.fill(f"Reason for your score for “{criterion}”", f"Read with care, on {criterion.lower()}.")
        judge.press("Save")
        judge.press("Save and lock scorecard")
        assert judge.status == 200


def make_an_agreement(play: Play, name: str, stage: str, pounds: str) -> str:
    """6. Staff draft the agreement with its milestones, and offer it."""
    staff = play.as_("Staff One")
    staff.go(f"/proposals/{play.proposals[name]}/agreements/new?stage={stage}")
    today = play.time.instant
    for group, day in (("When does the stage start?", today), ("When does the stage end?", today + timedelta(days=21))):
        fill_day(staff, group, day)
    staff.press("Draft the agreement")
    agreement = staff.path
    staff.follow("Add a milestone")
    staff.fill("What will the team deliver?", "Tried on one road")
    staff.fill("What are the success criteria?", "A crack is found before anybody sees it.")
    fill_day(staff, "When is the milestone due?", today + timedelta(days=14))
    staff.fill("How much does the milestone pay, excluding VAT?", pounds)
    staff.choose("20 per cent")
    staff.press("Add milestone")
    staff.go(agreement)
    staff.follow("Check and offer")
    staff.fill("If it has no VAT number, why does it charge VAT?", "It has applied for one.")
    staff.press("Offer")
    return agreement


def fill_day(person: Person, group: str, day: datetime) -> None:
    person.fill(f"{group} / Day", str(day.day))
    person.fill(f"{group} / Month", str(day.month))
    person.fill(f"{group} / Year", str(day.year))


def accept_the_rights(play: Play, name: str, agreement: str) -> None:
    """6b. No money can move until company and public body accept. Then the agreement is in force."""
    owner = play.as_(name)
    owner.go(agreement)
    owner.follow("Read the rights statement")
    statement = owner.path
    owner.choose("Software")
    owner.fill("What is it called?", "Listening library 2.1")
    owner.fill("Who owns it?", f"{name} Ltd")
    owner.press("Add background IP")
    assert owner.sees("Listening library 2.1")
    owner.press("Accept")
    body = play.as_("Approver")
    body.go(statement)
    body.press("Accept")
    owner.go(agreement)
    assert owner.sees("In force")


def deliver_and_be_paid(play: Play, name: str, agreement: str) -> None:
    """7. Evidence, the sponsor's acceptance, a release by two people, the bank's reference."""
    owner, acceptor = play.as_(name), play.as_("Acceptor")
    owner.go(agreement)
    owner.follow("View the milestone")
    milestone = owner.path
    for attempt in ("We tried it on the A9.", "We tried it on the A9, twice, and attach the figures."):
        owner.go(milestone)
        owner.follow("Send evidence")
        owner.fill("How does your work meet the success criteria?", attempt)
        owner.press("Send")
        acceptor.go(milestone)
        assert acceptor.sees(attempt)
        if attempt.endswith("A9."):
            acceptor.follow("Return evidence if something is missing")
            acceptor.fill("What is missing?", "The figures.")
            acceptor.press("Return evidence")
    acceptor.press("Accept evidence")
    one, two, finance = play.as_("Staff One"), play.as_("Staff Two"), play.as_("Finance")
    one.go(milestone)
    one.press("Propose release")
    release = one.path
    assert not one.sees(wording("Approve release"))
    two.go(release)
    two.press("Approve")
    finance.go(release)
    finance.fill("Bank reference", f"BACS-2027-{name.upper()}")
    finance.press("Mark release as paid")
    assert finance.sees(f"BACS-2027-{name.upper()}")


def one_goes_on_and_one_is_stopped(play: Play, agreements: dict[str, str]) -> None:
    """8. At the end of the stage one team goes through to the accelerator. The other stops, with feedback."""
    ada, bob = play.as_("Ada"), play.as_("Bob")
    ada.go(agreements["Ada"])
    assert ada.sees("Completed")
    bob.go(agreements["Bob"])
    assert bob.sees("Stopped at the end-of-stage review")
    bob.go(f"/proposals/{play.proposals['Bob']}")
    assert bob.sees("Read with care")
    accelerator = make_an_agreement(play, "Ada", "accelerator", "30,000")
    accept_the_rights(play, "Ada", accelerator)


def everybody_can_check(play: Play, agreement: str) -> None:
    """9. and 10. The register shows who was funded and that the company keeps its rights; the audit log checks out."""
    visitor = play.somebody()
    visitor.go("/register")
    assert visitor.sees("£10,000")
    visitor.follow(QUESTION)
    for words in (
        "Ada Ltd",
        "Bob Ltd",
        "The company owns its intellectual property. The public body takes no shares.",
    ):
        assert visitor.sees(words), words
    assert not visitor.sees("Cyd Ltd")
    assert not visitor.sees("BACS")
    auditor = play.as_("Auditor")
    auditor.go("/audit")
    assert auditor.sees(wording("Release marked as paid"))
    db.session.rollback()
    *_counts, last = verify(db.session())
    assert isinstance(last, End)
