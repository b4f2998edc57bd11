"""Who may see requests, holds and reported problems."""

from datetime import datetime

from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from civtech.core.statements import built_once
from civtech.organisations.models import Organisation
from civtech.people.models import ProgrammeRole, User, people, rights
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport, RequestState
from civtech.privacy.models.hold import in_force


def looks_after(actor: User) -> bool:
    """Whether `actor` looks after personal data for the programme."""
    return actor.has(ProgrammeRole.STAFF, ProgrammeRole.ADMINISTRATOR)


@built_once
def requests(actor: User) -> Select[ErasureRequest]:
    """Select waiting erasure requests, earliest due first; none unless `actor` looks after personal data."""
    query = (
        select(ErasureRequest)
        .where(ErasureRequest.state == RequestState.ASKED)
        .options(joinedload(ErasureRequest.person).options(*rights()))
        .order_by(ErasureRequest.due_at, ErasureRequest.id)
    )
    return query if looks_after(actor) else query.where(false())


@built_once
def due_requests(at: datetime) -> Select[ErasureRequest]:
    """Select the requests whose waiting period is over."""
    return (
        select(ErasureRequest)
        .where(ErasureRequest.state == RequestState.ASKED, ErasureRequest.due_at <= at)
        .options(joinedload(ErasureRequest.person).options(*rights()))
        .order_by(ErasureRequest.due_at, ErasureRequest.id)
    )


@built_once
def holds(actor: User, at: datetime) -> Select[Hold]:
    """Select current holds, earliest end first; none unless `actor` looks after personal data."""
    query = (
        select(Hold)
        .where(in_force(at))
        .options(joinedload(Hold.person), joinedload(Hold.organisation), joinedload(Hold.placed_by))
        .order_by(Hold.ends_at, Hold.id)
    )
    return query if looks_after(actor) else query.where(false())


@built_once
def problems(actor: User) -> Select[ProblemReport]:
    """Select reported problems; none unless `actor` looks after personal data."""
    query = select(ProblemReport).options(joinedload(ProblemReport.dealt_with_by))
    return query if looks_after(actor) else query.where(false())


@built_once
def person_called(word: str) -> Select[User]:
    """Select the person with this reference or email address."""
    return people().where((User.reference == word.upper()) | (User.email == word.lower()))


@built_once
def organisation_called(word: str) -> Select[Organisation]:
    """Select the organisation with this reference."""
    return select(Organisation).where(Organisation.reference == word.upper())
