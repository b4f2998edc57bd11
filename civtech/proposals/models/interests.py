"""Interests that rule out an answer: asking the question, reading it early, or judging or opening the answers."""

from sqlalchemy import Select, exists, select

from civtech.challenges.models import Challenge, Tie, tied
from civtech.challenges.models.involvement import KEEPS_FROM_ANSWERING, ties_of
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.sql_views import part
from civtech.core.statements import built_once
from civtech.core.text import N_, Text
from civtech.organisations.models import Membership
from civtech.people.models import ProgrammeRole, User

RUNS_IT = (ProgrammeRole.STAFF, ProgrammeRole.FINANCE, ProgrammeRole.SECRETARY, ProgrammeRole.AUDITOR)

WHY_NOT = {
    Tie.SPONSOR: N_("You act, or acted, for the public body that set this challenge, so you cannot answer it."),
    Tie.PROGRAMME: N_(
        "You worked for the programme and could read this challenge before it was published, so you cannot answer it."
    ),
    Tie.OPENING: N_("You opened the proposals for this challenge, so you cannot answer it."),
    Tie.DECISION: N_("You decided on the proposals for this challenge, so you cannot answer it."),
    Tie.PANEL: N_("You are, or were, on a panel that judges this challenge, so you cannot answer it."),
    Tie.EVIDENCE: N_("You decided on the evidence of a team in this challenge, so you cannot answer it."),
    Tie.MONEY: N_("You decided on the money of a team in this challenge, so you cannot answer it."),
}
ONE_OF_US = N_(
    "Someone in this organisation works, or worked, on this challenge for its sponsor, the programme or a "
    "panel. The organisation cannot answer the challenge while they belong to it."
)

part(
    "involvement",
    "SELECT acting_for.person_id, proposal.challenge_id, proposal.id, 'team' FROM acting_for "
    "JOIN proposal ON proposal.organisation_id = acting_for.organisation_id "
    "WHERE acting_for.until IS NULL OR acting_for.until >= proposal.started_at",
)


def own_interest(person: User, challenge: Challenge) -> Text | None:
    """Why `person` cannot answer `challenge` for anyone, or None if they can."""
    if person.has_for(challenge, *RUNS_IT):
        return Text(N_("You work for the programme, so you cannot answer its challenges."))
    ties = ties_of(person, challenge.id)
    return next((Text(WHY_NOT[tie]) for tie in KEEPS_FROM_ANSWERING if tie in ties), None)


def refuse_interested(person: User, organisation_id: int, challenge: Challenge) -> None:
    """Refuse an answer by someone on the other side of the challenge, or for an organisation with such a member."""
    with db.session.no_autoflush:
        if own := own_interest(person, challenge):
            raise RuleViolation(own.message)
        if db.session.scalar(_has_interested_member(organisation_id, challenge.id)):
            raise RuleViolation(ONE_OF_US, field="organisation")


@built_once
def _has_interested_member(organisation_id: int, challenge_id: int) -> Select[bool]:
    interested = exists().where(
        Membership.organisation_id == organisation_id,
        Membership.is_held(),
        tied(Membership.user_id, challenge_id, *KEEPS_FROM_ANSWERING),
    )
    return select(interested)
