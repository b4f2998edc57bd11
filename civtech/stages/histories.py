"""What histories show of stage agreements and their milestones, and to whom."""

from sqlalchemy import select

from civtech.core.histories import Audience, Instant, Subject, Typed, message_of, shown
from civtech.rights.histories import PARTIES
from civtech.stages.events import (
    AgreementActivated,
    AgreementCompleted,
    AgreementDiscarded,
    AgreementDrafted,
    AgreementLapsed,
    AgreementOffered,
    AgreementRescheduled,
    AgreementStopped,
    AgreementTakenBack,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableSubmitted,
    MilestoneDropped,
    MilestoneEnded,
    MilestonePlanned,
    MilestoneReplanned,
)
from civtech.stages.models import Deliverable, Milestone

shown(
    AgreementDrafted,
    AgreementRescheduled,
    AgreementDiscarded,
    MilestonePlanned,
    MilestoneReplanned,
    MilestoneDropped,
    by=Audience.PROGRAMME,
    to=[Audience.PROGRAMME],
)
shown(AgreementOffered, AgreementTakenBack, by=Audience.PROGRAMME, to=PARTIES, named_to=PARTIES)
shown(AgreementActivated, by=None, to=PARTIES, named_to=PARTIES)
shown(AgreementCompleted, AgreementStopped, AgreementLapsed, MilestoneEnded, by=Audience.PROGRAMME, to=PARTIES)
shown(DeliverableSubmitted, by=Audience.TEAM, to=PARTIES, named_to=PARTIES)
shown(DeliverableAccepted, DeliverableReturned, by=Audience.SPONSOR, to=PARTIES, named_to=PARTIES)


@message_of(DeliverableReturned)
def what_is_missing(subject: Subject, at: Instant) -> Typed:
    return (
        select(Deliverable.reason)
        .join(Milestone, Milestone.id == Deliverable.milestone_id)
        .where(Milestone.reference == subject, Deliverable.decided_at == at)
        .order_by(Deliverable.number.desc())
        .limit(1)
        .scalar_subquery()
    )
