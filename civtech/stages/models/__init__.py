"""The stage agreement, its milestones and deliverables."""

from civtech.stages.models import ending, guards, in_force, numbered, tie
from civtech.stages.models.agreement import StageAgreement
from civtech.stages.models.choice import is_chosen
from civtech.stages.models.deliverable import Deliverable
from civtech.stages.models.milestone import Milestone
from civtech.stages.models.states import AgreementState, DeliverableState, MilestoneState

__all__ = [
    "AgreementState",
    "Deliverable",
    "DeliverableState",
    "Milestone",
    "MilestoneState",
    "StageAgreement",
    "ending",
    "guards",
    "in_force",
    "is_chosen",
    "numbered",
    "tie",
]
