"""How people are involved in a challenge, now or in the past: the one source for every rule of separation.

`involvement` is a database view with a row for each tie between a person and a challenge. Pages, verbs and guards all
read it. Roles and memberships are ended, never deleted. So a tie outlives the role, and even an erasure.
Later packages use `part` to add the ties they know.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Select, String, column, exists, select, table
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from civtech.core.db import Identity, Model, db
from civtech.core.deciding import decides
from civtech.core.frozen import quoted
from civtech.core.guards import append_only, consequence
from civtech.core.sql_views import part
from civtech.core.statements import built_once
from civtech.people.models import User


class InRound(Model):
    """A round that a challenge is in, or was in as a draft. The database writes this row."""

    __tablename__ = "challenge_round"

    id: Mapped[Identity]
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))


append_only("challenge_round")
decides(InRound, of=InRound.challenge_id, written_with=True)
for _on, _when in (("INSERT", "1 = 1"), ("UPDATE", "NEW.round_id <> OLD.round_id")):
    consequence(
        f"challenge_keeps_its_rounds_on_{_on.lower()}",
        table="challenge",
        on=_on,
        condition=_when,
        then="INSERT INTO challenge_round (challenge_id, round_id) VALUES (NEW.id, NEW.round_id)",
    )


class Tie(StrEnum):
    """How a person is tied to a challenge."""

    SPONSOR = "sponsor"
    """Acts for the public body that asks it, or did at any time since its first draft."""
    PROGRAMME = "programme"
    """Could read it before publication, as programme staff or auditor."""
    OPENING = "opening"
    """Requested the opening of its proposals, or confirmed it."""
    PANEL = "panel"
    """Was added to a panel that judges it."""
    DECISION = "decision"
    """Proposed or approved which teams go through to one of its stages."""
    TEAM = "team"
    """Belongs to a team with a proposal for it, or did at any time since the proposal was started."""
    RECUSED = "recused"
    """Declared a conflict of interest with a team."""
    EVIDENCE = "evidence"
    """Accepted or returned evidence of a team."""
    MONEY = "money"
    """Proposed, approved, refused or paid money for a team."""


KEEPS_FROM_ANSWERING = (
    Tie.SPONSOR,
    Tie.PROGRAMME,
    Tie.OPENING,
    Tie.PANEL,
    Tie.DECISION,
    Tie.EVIDENCE,
    Tie.MONEY,
)

involvement = table(
    "involvement",
    column("person_id", BigInteger),
    column("challenge_id", BigInteger),
    column("proposal_id", BigInteger),
    column("tie", String),
)

part(
    "involvement",
    "SELECT acting_for.person_id AS person_id, challenge.id AS challenge_id, CAST(NULL AS BIGINT) AS proposal_id, "
    "'sponsor' AS tie FROM acting_for JOIN challenge ON challenge.sponsor_id = acting_for.organisation_id "
    "WHERE acting_for.until IS NULL OR acting_for.until >= challenge.drafted_at",
)
part(
    "involvement",
    "SELECT held_role.person_id, challenge.id, CAST(NULL AS BIGINT), 'programme' FROM held_role JOIN challenge "
    "ON held_role.since <= challenge.published_at "
    "AND (held_role.until IS NULL OR held_role.until >= challenge.drafted_at) "
    "AND (held_role.ended_at IS NULL OR held_role.ended_at >= challenge.drafted_at) "
    "WHERE held_role.role IN ('staff', 'auditor') "
    "AND (held_role.scope_kind = 'programme' OR held_role.scope_reference = challenge.reference "
    "OR held_role.scope_reference IN (SELECT round.reference FROM round "
    "JOIN challenge_round ON challenge_round.round_id = round.id WHERE challenge_round.challenge_id = challenge.id))",
)


def tied(
    person_id: InstrumentedAttribute[int] | int, challenge_id: InstrumentedAttribute[int] | int, *ties: Tie
) -> ColumnElement[bool]:
    """Whether a person has one of `ties` to a challenge, for queries."""
    rows = involvement.alias()
    return exists().where(
        rows.c.person_id == person_id, rows.c.challenge_id == challenge_id, rows.c.tie.in_([str(tie) for tie in ties])
    )


def tied_to_proposal(
    person_id: InstrumentedAttribute[int] | int, proposal_id: InstrumentedAttribute[int] | int, *ties: Tie
) -> ColumnElement[bool]:
    """Whether a person has one of `ties` through this proposal, for queries."""
    rows = involvement.alias()
    return exists().where(
        rows.c.person_id == person_id, rows.c.proposal_id == proposal_id, rows.c.tie.in_([str(tie) for tie in ties])
    )


def ties_of(person: User, challenge_id: int) -> frozenset[str]:
    """Every tie of `person` to a challenge. A stand-in has the ties of the role that staff view the page as."""
    if person.assumed_ties is not None:
        return person.assumed_ties
    return frozenset(db.session.scalars(_ties(person.id, challenge_id)))


@built_once
def _ties(person_id: int, challenge_id: int) -> Select[str]:
    ties = select(involvement.c.tie).where(
        involvement.c.person_id == person_id, involvement.c.challenge_id == challenge_id
    )
    return ties.distinct()


def has_tie(person: User, challenge_id: int, *ties: Tie) -> bool:
    """Whether `person` has one of `ties` to a challenge."""
    return not ties_of(person, challenge_id).isdisjoint(ties)


def people_with_tie(challenge_id: int, person_ids: Iterable[int], *ties: Tie) -> set[int]:
    """The people in `person_ids` who have one of `ties` to a challenge."""
    people = select(involvement.c.person_id).where(
        involvement.c.challenge_id == challenge_id,
        involvement.c.person_id.in_(list(person_ids)),
        involvement.c.tie.in_([str(tie) for tie in ties]),
    )
    return set(db.session.scalars(people))


def tied_in_sql(person: str, thing: str, *ties: Tie, by: str = "challenge_id") -> str:
    """SQL for guards: whether `person` has one of `ties` to a challenge, or to a proposal, with the id `thing`."""
    return (
        f"EXISTS (SELECT 1 FROM involvement WHERE involvement.person_id = {person} "  # noqa: S608
        f"AND involvement.{by} = ({thing}) AND involvement.tie IN ({quoted(ties)}))"
    )
