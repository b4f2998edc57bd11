"""Changes to agreements that follow a rights statement or an end-of-stage decision."""

from sqlalchemy import Select, select

from civtech.core.db import db
from civtech.core.errors import WrongState
from civtech.core.events import subscribe
from civtech.core.text import N_
from civtech.judging.events import OutcomesReleased
from civtech.rights.events import RightsStatementAccepted
from civtech.stages import queries
from civtech.stages.events import DeliverableReturned
from civtech.stages.models import AgreementState, StageAgreement

ENDED = (AgreementState.COMPLETED, AgreementState.STOPPED, AgreementState.LAPSED)


def _agreements() -> Select[StageAgreement]:
    return select(StageAgreement).join(StageAgreement.proposal).options(*queries.HEADING, *queries.IN_FULL)


@subscribe(RightsStatementAccepted)
def bring_into_force(event: RightsStatementAccepted) -> None:
    """Bring the agreement into force, because both sides have accepted."""
    agreement = (
        db.session.scalars(_agreements().where(StageAgreement.statement_id == event.subject.id)).unique().one_or_none()
    )
    if agreement is None or agreement.state is not AgreementState.OFFERED:
        raise WrongState(N_("The stage agreement is no longer on offer, so there is nothing to accept."))
    agreement.activate(by=event.by, at=event.at)


@subscribe(OutcomesReleased)
def end_the_stage(event: OutcomesReleased) -> None:
    """End the stage: complete or stop each agreement in force, as decided, and let any other lapse."""
    decision = event.subject
    chosen = {outcome.proposal_id: outcome.goes_on for outcome in decision.outcomes}
    agreements = db.session.scalars(
        _agreements()
        .where(
            StageAgreement.stage_id == decision.panel.stage_id,
            StageAgreement.proposal_id.in_(chosen),
            StageAgreement.state.not_in(ENDED),
        )
        .order_by(StageAgreement.id)
    ).unique()
    for agreement in agreements:
        if agreement.state is not AgreementState.ACTIVE:
            agreement.lapse(by=event.by, at=event.at)
        elif chosen[agreement.proposal_id]:
            agreement.complete(by=event.by, at=event.at)
        else:
            agreement.stop(by=event.by, at=event.at)


@subscribe(DeliverableReturned)
def nothing_more_can_be_delivered(event: DeliverableReturned) -> None:
    """End a milestone whose evidence is returned after the stage ended and after its date. It cannot be sent again."""
    milestone = event.subject
    if milestone.agreement.state in ENDED and milestone.is_overdue(event.at):
        db.session.flush()
        milestone.end(by=event.by, at=event.at)
