"""When each verb of a stage agreement is possible."""

from datetime import datetime
from typing import TYPE_CHECKING

from civtech.core.text import N_
from civtech.core.workflow import condition
from civtech.stages.models.states import MilestoneState

if TYPE_CHECKING:
    from civtech.stages.models.agreement import StageAgreement

ACCEPTED_BY_BOTH = N_("Both sides must accept the rights statement first.")


@condition(ACCEPTED_BY_BOTH)
def rights_are_accepted(agreement: "StageAgreement", _at: datetime) -> bool:
    return agreement.statement.is_accepted


@condition(N_("One side has accepted the rights statement, so the agreement cannot change."))
def no_one_has_accepted(agreement: "StageAgreement", _at: datetime) -> bool:
    return agreement.statement.company_accepted_at is None and agreement.statement.body_accepted_at is None


@condition(N_("A panel decides at the end of this stage. Its decision completes the agreement."))
def is_not_judged(agreement: "StageAgreement", _at: datetime) -> bool:
    return not agreement.stage.criteria


@condition(N_("The public body must accept every milestone first."))
def all_is_done(agreement: "StageAgreement", _at: datetime) -> bool:
    return all(milestone.state is MilestoneState.ACCEPTED for milestone in agreement.milestones)
