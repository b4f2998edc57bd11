"""Reading what we know about people and a challenge, and deciding with a reason that it prevents nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from civtech.challenges.events import HintsConsidered
from civtech.challenges.models.challenge import Challenge
from civtech.challenges.models.hint import CONSIDER_FIRST, KEY, ConsideredHint, Hint, hint
from civtech.core.blank import is_blank
from civtech.core.db import NamedRow, Rows, db
from civtech.core.errors import RuleViolation
from civtech.core.events import emit
from civtech.core.facts import Fact
from civtech.core.statements import built_once
from civtech.core.text import N_, Text
from civtech.organisations.models import Organisation
from civtech.organisations.models.domains import domain_of
from civtech.people.models import User

WORDS = {
    Hint.EMAIL: N_("%(person)s’s email address is at %(domain)s, like %(count)s people of %(organisation)s."),
    Hint.SPONSOR_EMAIL: N_(
        "%(person)s’s email address is at %(domain)s, like %(count)s people of the sponsor, %(organisation)s."
    ),
    Hint.MEMBER: N_("%(person)s acts for %(organisation)s, or did once."),
    Hint.NUMBER: N_(
        "%(person)s acts, or acted, for %(through)s. It has the same registration number as %(organisation)s."
    ),
    Hint.NAME: N_("%(person)s acts, or acted, for %(through)s. Its name is like the name of %(organisation)s."),
    Hint.PEOPLE: N_(
        "%(person)s acts, or acted, for %(through)s. %(count)s people act for it and for %(organisation)s."
    ),
    Hint.DECLARED: N_(
        "%(person)s declared a conflict of interest with %(organisation)s when judging another challenge."
    ),
    Hint.EVIDENCE: N_("%(person)s accepted or returned evidence of %(organisation)s."),
    Hint.MONEY: N_("%(person)s proposed, approved, refused or paid money for %(organisation)s."),
}
OF_ONE = {
    Hint.EMAIL: N_("%(person)s’s email address is at %(domain)s, like one person of %(organisation)s."),
    Hint.SPONSOR_EMAIL: N_(
        "%(person)s’s email address is at %(domain)s, like one person of the sponsor, %(organisation)s."
    ),
    Hint.PEOPLE: N_(
        "%(person)s acts, or acted, for %(through)s. One other person acts for it and for %(organisation)s."
    ),
}


@dataclass(frozen=True)
class Known:
    """One hint about a person, and what was decided about it, if anything."""

    row: NamedRow

    @property
    def text(self) -> Text:
        """The hint as a sentence."""
        words = OF_ONE.get(self.hint) if self.row.number == 1 else None
        parameters = {
            "person": self.row.person,
            "domain": domain_of(self.row.email),
            "organisation": self.row.organisation,
            "through": self.row.through,
            "count": self.row.number,
        }
        message = words or WORDS[self.hint]
        return Text(message, {name: said for name, said in parameters.items() if f"%({name})s" in message})

    @property
    def hint(self) -> Hint:
        """What kind of hint it is."""
        return Hint(self.row.hint)

    @property
    def is_open(self) -> bool:
        """Whether no one has decided on it yet."""
        return self.row.reason is None

    @property
    def before(self) -> Text:
        """What an earlier decision was about, which does not count for what we know now."""
        if self.hint in {Hint.EMAIL, Hint.SPONSOR_EMAIL}:
            domain = domain_of(self.row.basis_before)
            return Text(N_("Decided when the email address was at %(domain)s:"), {"domain": domain})
        return Text(N_("Decided before this changed:"))

    @property
    def fact(self) -> Fact:
        """What an action binds that was decided on knowing this."""
        row = self.row
        key = f"{row.person_reference}_{row.organisation_id}_{row.through_id}_{self.hint}_{row.basis}"
        return Fact(key, Text(N_("What we know about %(person)s"), {"person": self.row.person}), self.text)


def known(
    person_ids: Iterable[int], challenge_id: int, hints: tuple[Hint, ...], *, organisation_id: int | None = None
) -> list[Known]:
    """What we know about these people and a challenge, or one of its applicants. It takes one statement."""
    rows = db.session.execute(_known(sorted(set(person_ids)), challenge_id, hints, organisation_id))
    return [Known(row) for row in rows]


def still_open(found: Iterable[Known]) -> list[Known]:
    """Those that no one has decided on yet."""
    return [each for each in found if each.is_open]


@built_once
def _known(person_ids: list[int], challenge_id: int, hints: tuple[Hint, ...], organisation_id: int | None) -> Rows:
    through, by, before, before_by = aliased(Organisation), aliased(User), aliased(ConsideredHint), aliased(User)
    same = [hint.c[key] for key in KEY]
    found = (
        select(*same, func.count(hint.c.other_id.distinct()).label("number"))
        .where(hint.c.person_id.in_(person_ids), hint.c.challenge_id == challenge_id, hint.c.hint.in_(hints))
        .group_by(*same)
    )
    if organisation_id is not None:
        found = found.where(hint.c.organisation_id == organisation_id)
    about = found.subquery()
    earlier = aliased(ConsideredHint)
    last_before = (
        select(func.max(earlier.id))
        .where(
            *(getattr(earlier, column.key) == about.c[column.key] for column in same if column.key != "basis"),
            earlier.basis != about.c.basis,
            or_(ConsideredHint.id.is_(None), earlier.id < ConsideredHint.id),
        )
        .scalar_subquery()
    )
    return (
        select(
            *about.c,
            User.reference.label("person_reference"),
            User.name.label("person"),
            User.email.label("email"),
            Organisation.name.label("organisation"),
            through.name.label("through"),
            ConsideredHint.reason,
            ConsideredHint.at,
            by.name.label("by"),
            before.basis.label("basis_before"),
            before.reason.label("reason_before"),
            before.at.label("at_before"),
            before_by.name.label("by_before"),
        )
        .select_from(about)
        .join(User, User.id == about.c.person_id)
        .join(Organisation, Organisation.id == about.c.organisation_id)
        .join(through, through.id == about.c.through_id)
        .outerjoin(
            ConsideredHint,
            and_(*(getattr(ConsideredHint, column.key) == about.c[column.key] for column in same)),
        )
        .outerjoin(by, by.id == ConsideredHint.by_id)
        .outerjoin(before, before.id == last_before)
        .outerjoin(before_by, before_by.id == before.by_id)
        .order_by(User.name, User.id, Organisation.legal_name, Organisation.id)
        .order_by(about.c.hint, about.c.through_id, about.c.basis)
    )


def consider(found: Iterable[Known], challenge: Challenge, *, because: str, by: User, at: datetime) -> None:
    """Decide on those hints that are still open. Refuses to without a reason."""
    waiting = still_open(found)
    if not waiting:
        return
    if is_blank(because):
        raise RuleViolation(CONSIDER_FIRST, field="because")
    for each in waiting:
        db.session.add(
            ConsideredHint(
                person_id=each.row.person_id,
                challenge_id=challenge.id,
                organisation_id=each.row.organisation_id,
                through_id=each.row.through_id,
                hint=each.hint,
                basis=each.row.basis,
                reason=because,
                by_id=by.id,
                at=at,
            )
        )
    db.session.flush()
    people = sorted({each.row.person_reference for each in waiting})
    hints = sorted({each.hint.value for each in waiting})
    emit(HintsConsidered(subject=challenge, by=by, at=at, facts={"people": people, "hints": hints}))
