"""What else we know about a person and a challenge: signs of a possible conflict of interest.

A `Tie` is certain, and rules forbid things because of it. A hint only says that someone should think about it. So
people see hints before they act, and act with a reason. `hint` is a database view, like `involvement`, with a row for
each sign. Later packages use `part` to add the signs they know. There are none about teams whose proposals are sealed.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, column, table
from sqlalchemy.orm import Mapped, mapped_column

from civtech.challenges.models.guards import scopes_of
from civtech.core.db import Identity, Model, one_of, required, stored
from civtech.core.deciding import decides
from civtech.core.frozen import quoted
from civtech.core.guards import append_only
from civtech.core.sql_views import part
from civtech.core.text import N_
from civtech.organisations.models.domains import SHARED
from civtech.people.models import User
from civtech.people.models.guards import begun_by


class Hint(StrEnum):
    """What kind of sign it is."""

    EMAIL = "email"
    """Their email address has the domain of people in the team."""
    SPONSOR_EMAIL = "sponsor_email"
    """Their email address has the domain of people at the sponsor, for whom they never acted."""
    MEMBER = "member"
    """They act for the applicant, or did once."""
    NUMBER = "number"
    """They act, or acted, for an organisation with the same registration number as the applicant."""
    NAME = "name"
    """The same, for one with nearly the same name."""
    PEOPLE = "people"
    """The same, for one that someone else acts for as well as for the applicant."""
    DECLARED = "declared"
    """They declared a conflict of interest with the applicant in another challenge."""
    EVIDENCE = "evidence"
    """They accepted or returned evidence of the applicant."""
    MONEY = "money"
    """They proposed, approved, refused or paid money for the applicant."""


ABOUT_JUDGES = tuple(Hint)
ABOUT_STAFF = tuple(hint for hint in Hint if hint is not Hint.MONEY)
"""Staff handle the money of many teams. That alone says nothing."""

hint = table(
    "hint",
    column("person_id", BigInteger),
    column("challenge_id", BigInteger),
    column("organisation_id", BigInteger),
    column("through_id", BigInteger),
    column("other_id", BigInteger),
    column("hint", String),
    column("basis", String),
)
"""`organisation_id` is the applicant or sponsor. `through_id` is the organisation that leads there, or the same one.

There is a row for each other person it is about, such as each person with the same domain. `basis` is what it rests on:
the domain, the number, the names or the declaration; where that cannot change, the kind of hint.
"""

KEY = ("person_id", "challenge_id", "organisation_id", "through_id", "hint", "basis")
"""The columns that make two hints the same. What someone decided counts for the hints with the same values."""

OF_NO_ONE = frozenset({"invalid", "people.example"})
"""The domains of erased people, and of people in examples."""

TELLING = f"one.domain NOT IN ({quoted(f'@{domain}' for domain in sorted(SHARED | OF_NO_ONE))})"
"""SQL: whether the domain of the person `one` says who they work for."""

SAME_DOMAIN = f"other.domain = one.domain AND other.id <> one.id AND {TELLING}"

part(
    "hint",
    "SELECT one.id AS person_id, challenge.id AS challenge_id, challenge.sponsor_id AS organisation_id, "  # noqa: S608
    "challenge.sponsor_id AS through_id, other.id AS other_id, 'sponsor_email' AS hint, one.domain AS basis "
    "FROM person AS one CROSS JOIN person AS other CROSS JOIN acting_for CROSS JOIN challenge "
    f"WHERE {SAME_DOMAIN} AND acting_for.person_id = other.id AND challenge.sponsor_id = acting_for.organisation_id "
    "AND (acting_for.until IS NULL OR acting_for.until >= challenge.drafted_at) "
    "AND challenge.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM acting_for AS own "
    "WHERE own.person_id = one.id AND own.organisation_id = challenge.sponsor_id)",
)


class ConsideredHint(Model):
    """Someone looked at a hint and decided with a reason that it prevents nothing.

    We ask again if what it rests on changes, but not if only the number of people grows.
    """

    __tablename__ = "considered_hint"
    __table_args__ = (
        one_of("hint", Hint),
        UniqueConstraint(*KEY),
        Index("ix_considered_hint_challenge_id", "challenge_id"),
    )

    id: Mapped[Identity]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    through_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    hint: Mapped[Hint] = mapped_column(stored(Hint))
    basis: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    by: Mapped[User] = required(foreign_keys=by_id)


append_only("considered_hint", N_("You cannot change what was decided about a possible conflict of interest."))
decides(ConsideredHint, of=ConsideredHint.challenge_id)
begun_by(
    "staff",
    "secretary",
    "finance",
    table="considered_hint",
    person="by_id",
    at="at",
    within=scopes_of("NEW.challenge_id"),
    name="considered_hint_is_by_who_runs_it",
    message=N_("Only people who run the challenge can decide on a possible conflict of interest."),
)

CONSIDER_FIRST = N_(
    "There is a possible conflict of interest. Read what we know about this person, then enter why they can take part."
)


def open_in_sql(person: str, challenge: str, *hints: Hint, organisation: str = "") -> str:
    """SQL for guards: whether there is a hint about `person` in a challenge that no one has decided on."""
    there = f" AND hint.organisation_id = ({organisation})" if organisation else ""
    same = " AND ".join(f"considered_hint.{key} = hint.{key}" for key in KEY)
    return (
        f"EXISTS (SELECT 1 FROM hint WHERE hint.person_id = {person} AND hint.challenge_id = ({challenge})"  # noqa: S608
        f" AND hint.hint IN ({quoted(hints)}){there} AND NOT EXISTS (SELECT 1 FROM considered_hint "
        f"WHERE {same}))"
    )
