"""What people may read about funded stages."""

from civtech.stages.queries.reading import (
    EVIDENCE,
    HEADING,
    IN_FULL,
    SIBLINGS,
    judged_work,
    milestone_to_open,
    milestones_visible_to,
    of_challenge,
    of_proposal,
    to_open,
    visible_to,
    waiting_for,
)
from civtech.stages.queries.work import (
    AWARDED_STAGE,
    awarded,
    finished_among,
    gates_to_convene,
    in_care_of,
    to_conclude,
    to_finish,
    under_way,
)

__all__ = [
    "AWARDED_STAGE",
    "EVIDENCE",
    "HEADING",
    "IN_FULL",
    "SIBLINGS",
    "awarded",
    "finished_among",
    "gates_to_convene",
    "in_care_of",
    "judged_work",
    "milestone_to_open",
    "milestones_visible_to",
    "of_challenge",
    "of_proposal",
    "to_conclude",
    "to_finish",
    "to_open",
    "under_way",
    "visible_to",
    "waiting_for",
]
