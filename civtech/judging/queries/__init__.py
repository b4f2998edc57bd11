"""What may be read of judging, and by whom."""

from civtech.judging.models import chosen_for
from civtech.judging.queries.outcomes import outcomes_of
from civtech.judging.queries.panels import (
    assignment_count,
    candidate_count,
    candidates,
    challenges_visible_to,
    decisions_visible_to,
    given,
    last_decision,
    panel_at,
    panel_for_ranking,
    progress,
    visible_to,
)
from civtech.judging.queries.queue import assignments_visible_to, content_for, queue, waits, work_of
from civtech.judging.queries.scorecards import locked_points, locked_reasons, unlocked
from civtech.judging.queries.work import overview, to_convene

__all__ = [
    "assignment_count",
    "assignments_visible_to",
    "candidate_count",
    "candidates",
    "challenges_visible_to",
    "chosen_for",
    "content_for",
    "decisions_visible_to",
    "given",
    "last_decision",
    "locked_points",
    "locked_reasons",
    "outcomes_of",
    "overview",
    "panel_at",
    "panel_for_ranking",
    "progress",
    "queue",
    "to_convene",
    "unlocked",
    "visible_to",
    "waits",
    "work_of",
]
