"""A challenge that takes proposals, its people, and teams that answer it."""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import civtech
from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, ProgrammeRole, User
from civtech.challenges.models import Challenge
from civtech.challenges.models.challenge import Brief
from civtech.core.db import db
from civtech.programmes.models import Pathway, Round
from civtech.proposals.models import Opening, Proposal

PRESET = Path(civtech.__file__).parent / "programmes" / "presets" / "civtech.toml"


@dataclass
class Open:
    """A published challenge, open from `at` less ten days to `at` plus ten days, and everybody around it."""

    at: datetime
    people: dict[str, User] = field(default_factory=dict)
    challenge: Challenge = None  # type: ignore[assignment]
    body: Organisation = None  # type: ignore[assignment]
    company: Organisation = None  # type: ignore[assignment]
    rival: Organisation = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def closes_at(self) -> datetime:
        return self.challenge.closes_at  # type: ignore[return-value]

    @property
    def before(self) -> datetime:
        """The last instant in time."""
        return self.closes_at - timedelta(microseconds=1)

    def person(self, key: str, *roles: ProgrammeRole, name: str | None = None) -> User:
        known = User.register(
            name=name or key.replace("_", " ").title(), email=f"{key}@people.example", at=self.at - timedelta(days=90)
        )
        known.active = True
        known.confirmed_at = known.registered_at
        db.session.flush()
        for role in roles:
            known.grant(role, by=None, at=self.at - timedelta(days=90))
        db.session.flush()
        self.people[key] = known
        return known

    def team(self, key: str, name: str, kind: OrganisationKind = OrganisationKind.COMPANY) -> Organisation:
        """A company with an owner, an editor and a viewer: `key_owner`, `key_editor`, `key_viewer`."""
        at = self.at - timedelta(days=60)
        company = Organisation.create(kind=kind, legal_name=name, by=self.person(f"{key}_owner"), at=at)
        for role in (MemberRole.EDITOR, MemberRole.VIEWER):
            company.admit(self.person(f"{key}_{role.value}"), role, by=None, at=at)
        db.session.flush()
        return company

    def started(self, company: Organisation | None = None, title: str = "Cables that listen") -> Proposal:
        company = company or self.company
        owner = next(one for key, one in self.people.items() if key.endswith("_owner") and one.acts_for(company))
        proposal = Proposal.start(challenge=self.challenge, organisation=company, title=title, by=owner, at=self.at)
        db.session.flush()
        return proposal

    def written(
        self, company: Organisation | None = None, title: str = "Cables that listen", words: str = "Words."
    ) -> Proposal:
        proposal = self.started(company, title)
        owner = next(one for one in self.people.values() if one.id == proposal.started_by_id)
        proposal.describe(title=title, summary=f"{words} In short.", by=owner, at=self.at)
        for section in proposal.sections:
            proposal.write(key=section.key, body=f"{words} On {section.key}.", by=owner, at=self.at)
        db.session.flush()
        return proposal

    def submitted(
        self, company: Organisation | None = None, title: str = "Cables that listen", words: str = "Words."
    ) -> Proposal:
        proposal = self.written(company, title, words)
        owner = next(one for one in self.people.values() if one.id == proposal.started_by_id)
        proposal.submit(by=owner, at=self.at)
        db.session.flush()
        return proposal

    def opened(self, at: datetime | None = None) -> Opening:
        at = at or self.closes_at
        opening = Opening.request(challenge=self.challenge, by=self.staff, at=at)
        db.session.flush()
        opening.confirm(by=self.colleague, at=at)
        db.session.flush()
        return opening


def open_challenge(at: datetime, question: str = "How can we count traffic without new cables?") -> Open:
    """The challenge open at `at`, with a company and its rival that have not answered yet."""
    scene = Open(at)
    start = at - timedelta(days=90)
    scene.person("staff", ProgrammeRole.STAFF, name="Sorcha Staff")
    scene.person("colleague", ProgrammeRole.STAFF, name="Callum Colleague")
    scene.person("finance", ProgrammeRole.FINANCE)
    scene.person("auditor", ProgrammeRole.AUDITOR)
    scene.person("stranger")
    scene.body = Organisation.create(
        kind=OrganisationKind.PUBLIC_BODY,
        legal_name="Northern Roads Authority",
        by=scene.staff,
        at=start,
    )
    scene.body.admit(scene.person("body_head"), MemberRole.OWNER, by=None, at=start)
    for role in ("author", "approver", "acceptor"):
        scene.body.admit(scene.person(role), MemberRole(role), by=None, at=start)
    pathway = Pathway.publish(
        key="civtech", number=1, document=tomllib.loads(PRESET.read_text()), by=scene.staff, at=start
    )
    round_ = Round.create(name="Round 9", pathway=pathway, by=scene.staff, at=start)
    db.session.flush()
    round_.open(by=scene.staff, at=start)
    scene.challenge = challenge = Challenge.draft(
        round=round_,
        sponsor=scene.body,
        brief=Brief(question, "Roads are counted by hand.", "We do not know.", "Every day.", "None.", "A contract."),
        budgets=dict.fromkeys(round_.funded_stages, 10000000),
        by=scene.author,
        at=start,
    )
    db.session.flush()
    challenge.propose(by=scene.author, at=start)
    db.session.flush()
    challenge.approve(by=scene.approver, at=start)
    db.session.flush()
    closes = at + timedelta(days=10)
    challenge.publish(
        opens_at=at - timedelta(days=10), questions_close_at=closes, closes_at=closes, by=scene.staff, at=start
    )
    scene.company = scene.team("company", "Tidewater Signals Ltd")
    scene.rival = scene.team("rival", "Peat and Pixels Ltd")
    db.session.commit()
    return scene
