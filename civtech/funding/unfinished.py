"""What about money keeps a round open."""

from datetime import datetime

from sqlalchemy import exists, select

from civtech.core.db import Rows
from civtech.core.text import N_
from civtech.funding.models import Release, ReleaseState
from civtech.programmes.models import Stage, keeps_open
from civtech.stages.models import Milestone, MilestoneState, StageAgreement

DELIVERED = (MilestoneState.DELIVERED, MilestoneState.ACCEPTED)


@keeps_open(N_("Milestones that were delivered but are not paid: release and pay the money"), page="stages.milestone")
def unpaid(_at: datetime) -> Rows:
    return (
        select(Stage.round_id, Milestone.title, Milestone.reference)
        .join(StageAgreement, StageAgreement.stage_id == Stage.id)
        .join(Milestone, Milestone.agreement_id == StageAgreement.id)
        .where(
            Milestone.state.in_(DELIVERED),
            ~exists().where(Release.milestone_id == Milestone.id, Release.state == ReleaseState.PAID),
        )
    )
