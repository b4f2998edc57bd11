"""Whose interests forbid an answer: nobody answers a question they ask themselves, or a programme they run."""

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased

from civtech.accounts.models import Membership, ProgrammeRole, User
from civtech.challenges.models import Challenge
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_, Text

RUNS_IT = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.SECRETARY, ProgrammeRole.AUDITOR)

_member, _of_sponsor = aliased(Membership), aliased(Membership)
SOMEBODY_IN_BOTH = select(
    exists().where(
        _member.organisation_id == bindparam("organisation"),
        _of_sponsor.organisation_id == bindparam("sponsor"),
        _of_sponsor.user_id == _member.user_id,
    )
)


def own_interest(person: User, challenge: Challenge) -> Text | None:
    """Why `person` cannot answer `challenge` for anybody; None if they can."""
    if person.acts_for(challenge.sponsor_id):
        return Text(N_("You act for the public body that asks this: you cannot answer it."))
    if person.has_for(challenge, *RUNS_IT):
        return Text(N_("You work for the programme: you cannot answer its challenges."))
    return None


def refuse_interested(person: User, organisation_id: int, challenge: Challenge) -> None:
    """Refuse an answer by who asks or runs the programme, or for an organisation with somebody of the sponsor in it."""
    if own := own_interest(person, challenge):
        raise RuleViolation(own.message)
    with db.session.no_autoflush:
        shared = db.session.scalar(SOMEBODY_IN_BOTH, {"organisation": organisation_id, "sponsor": challenge.sponsor_id})
    if shared:
        raise RuleViolation(
            N_("Somebody in this organisation acts for the public body that asks this: it cannot answer."),
            field="organisation",
        )
