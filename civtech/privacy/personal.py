"""Personal data that privacy itself holds."""

from datetime import datetime

from sqlalchemy import Select, delete, or_, select, update

from civtech.core.db import Rows
from civtech.core.personal import acts, erased, exported, named, stays, swept, touched, withheld
from civtech.core.text import N_
from civtech.people.models import User
from civtech.privacy.models import Erasure, ErasureRequest, Hold, ProblemReport, ProblemState

PLACED = (Hold.placed_by_id, Hold.lifted_by_id)


@exported("erasure_requests", N_("Erasure requests you made."), ErasureRequest.person_id)
def erasure_requests(person: User) -> Rows:
    return (
        select(
            ErasureRequest.reference,
            ErasureRequest.state,
            ErasureRequest.asked_at,
            ErasureRequest.due_at,
            ErasureRequest.answered_at,
        )
        .where(ErasureRequest.person_id == person.id)
        .order_by(ErasureRequest.id)
    )


@exported("problem_reports", N_("Problems you reported while you were signed in, and problems you dealt with."),
          ProblemReport.reporter_id, ProblemReport.dealt_with_by_id)  # fmt: skip
def problem_reports(person: User) -> Rows:
    links = (ProblemReport.reporter_id, ProblemReport.dealt_with_by_id)
    return (
        select(
            ProblemReport.reference,
            ProblemReport.words,
            ProblemReport.page,
            ProblemReport.reported_at,
            ProblemReport.dealt_with_at,
            ProblemReport.reporter_id.is_not_distinct_from(person.id).label("reported_by"),
            *acts(person, ProblemReport.dealt_with_by_id),
        )
        .where(or_(named(person, *links), ProblemReport.email == person.email))
        .order_by(ProblemReport.id)
    )


@exported("holds", N_("Holds you placed or lifted for the programme."), *PLACED)
def holds(person: User) -> Rows:
    return (
        select(Hold.reference, Hold.reason, Hold.placed_at, Hold.ends_at, Hold.lifted_at, *acts(person, *PLACED))
        .where(named(person, *PLACED))
        .order_by(Hold.id)
    )


withheld(Hold.person_id, because=N_("Telling someone about a hold could harm the enquiry it is for."))
withheld(Erasure.person_id, because=N_("No one is left who could ask for it."))
withheld(Erasure.erased_by_id, because=N_("The audit part of the export includes this."))
stays(
    Erasure.person_id,
    Erasure.erased_by_id,
    ErasureRequest.person_id,
    Hold.person_id,
    *PLACED,
    because=N_("We must be able to show that we respected a right (UK GDPR Article 5(2)). Only the reference is left."),
)
stays(ProblemReport.dealt_with_by_id, because=N_("Only the reference is left."))


@erased("problem_reports", ProblemReport.reporter_id)
def forget_who_reported(person: User, _at: datetime) -> int:
    """Keep the problem, but remove the reporter and their address. No one can then be answered."""
    own_reports = or_(ProblemReport.reporter_id == person.id, ProblemReport.email == person.email)
    return touched(update(ProblemReport).where(own_reports).values(email=None, reporter_id=None))


@swept("problem_reports")
def forget_old_problems(before: datetime, spared: Select[int]) -> int:
    return touched(
        delete(ProblemReport).where(
            ProblemReport.state == ProblemState.DEALT_WITH,
            ProblemReport.dealt_with_at < before,
            or_(ProblemReport.reporter_id.is_(None), ProblemReport.reporter_id.not_in(spared)),
        )
    )
