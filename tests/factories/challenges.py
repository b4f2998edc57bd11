"""A sponsor with its people, staff, a round on the CivTech pathway, and challenges in any state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from civtech.accounts.models import MemberRole, Organisation, OrganisationKind, ProgrammeRole, User
from civtech.challenges.models import Brief, Challenge, Question
from civtech.core.db import db
from civtech.programmes import presets
from civtech.programmes.models import Round

DAY = timedelta(days=1)


def person(name: str, *roles: ProgrammeRole, at: datetime) -> User:
    """Somebody with these programme roles."""
    email = f"{name.lower().replace(' ', '.')}@people.example"
    made = User.register(name=name, email=email, confirmed_at=at, at=at)
    for role in roles:
        made.grant(role, by=None, at=at)
    db.session.flush()
    return made


def brief(question: str = "How can we make ferry queues shorter?", **words: str) -> Brief:
    """Words of a challenge that say enough to put it forward."""
    return Brief(
        **{
            "question": question,
            "summary": "People wait for hours at the pier.",
            "need": "Islanders lose a day each week.",
            "outcomes": "Nobody waits longer than a crossing takes.",
            "constraints": "",
            "adoption": "The harbour board pays for it from its own budget.",
            **words,
        }
    )


@dataclass
class Sponsor:
    """A public body with an author, a second author, an approver and an acceptor, and a round that is open."""

    at: datetime
    body: Organisation
    owner: User
    author: User
    second: User
    approver: User
    acceptor: User
    staff: User
    auditor: User
    stranger: User
    round: Round

    @classmethod
    def create(cls, at: datetime, *, pathway: str = "civtech", opened: bool = True) -> "Sponsor":
        """Everybody, thirty days before `at`."""
        then = at - 30 * DAY
        people = {
            "owner": person("Orla Owner", at=then),
            "author": person("Ailsa Author", at=then),
            "second": person("Sandy Second", at=then),
            "approver": person("Aoife Approver", at=then),
            "acceptor": person("Alex Acceptor", at=then),
            "staff": person("Stella Staff", ProgrammeRole.STAFF, at=then),
            "auditor": person("Audrey Auditor", ProgrammeRole.AUDITOR, at=then),
            "stranger": person("Sam Stranger", at=then),
        }
        body = Organisation.create(
            kind=OrganisationKind.PUBLIC_BODY,
            legal_name="Island Harbours Board",
            by=people["staff"],
            at=then,
        )
        for name, role in (
            ("owner", MemberRole.OWNER),
            ("author", MemberRole.AUTHOR),
            ("second", MemberRole.AUTHOR),
            ("approver", MemberRole.APPROVER),
            ("acceptor", MemberRole.ACCEPTOR),
        ):
            body.admit(people[name], role, by=None, at=then)
        round_ = prepared_round(people["staff"], then, pathway=pathway)
        if opened:
            round_.open(by=people["staff"], at=then)
        db.session.flush()
        return cls(at=at, body=body, round=round_, **people)

    def draft(self, **words: str) -> Challenge:
        """A draft by the author with the round's figures as budget."""
        challenge = Challenge.draft(
            round=self.round,
            sponsor=self.body,
            brief=brief(**words),
            budgets={stage: stage.budget_pence for stage in self.round.funded_stages},
            by=self.author,
            at=self.at - 20 * DAY,
        )
        db.session.flush()
        return challenge

    def proposed(self, **words: str) -> Challenge:
        """Put forward by its author."""
        challenge = self.draft(**words)
        challenge.propose(by=self.author, at=self.at - 19 * DAY)
        db.session.flush()
        return challenge

    def approved(self, **words: str) -> Challenge:
        """Approved by the approver."""
        challenge = self.proposed(**words)
        challenge.approve(by=self.approver, at=self.at - 18 * DAY)
        db.session.flush()
        return challenge

    def published(self, *, opens: float = -10, closes: float = 10, **words: str) -> Challenge:
        """Published; opens and closes so many days from `at`, questions close half-way."""
        challenge = self.approved(**words)
        challenge.publish(
            opens_at=self.at + opens * DAY,
            questions_close_at=self.at + (opens + closes) / 2 * DAY + DAY,
            closes_at=self.at + closes * DAY,
            by=self.staff,
            at=min(self.at, self.at + opens * DAY) - DAY,
        )
        db.session.flush()
        return challenge

    def question(self, challenge: Challenge, text: str = "Are there data?", *, by: User | None = None) -> Question:
        """A question by the stranger, or by somebody else, an hour ago."""
        asked = Question.ask(challenge=challenge, text=text, by=by or self.stranger, at=self.at - DAY / 24)
        db.session.flush()
        return asked


def prepared_round(by: User, at: datetime, *, pathway: str = "civtech", name: str = "Round 12") -> Round:
    """A round in preparation on the current version of a preset."""
    current = {known.key: known for known in presets.publish_missing(by=None, at=at)}
    db.session.flush()
    made = Round.create(name=name, pathway=current[pathway], by=by, at=at)
    db.session.flush()
    return made


__all__ = ["DAY", "Sponsor", "brief", "person", "prepared_round"]
