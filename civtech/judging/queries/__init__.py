"""Queries for judging: what can be read, and by whom."""

from civtech.judging.models import chosen_for
from civtech.judging.queries.outcomes import outcomes_of, released_about
from civtech.judging.queries.panels import (
    HEADING,
    IN_FULL,
    assignment_count,
    candidate_count,
    candidates,
    challenges_visible_to,
    could_judge,
    decisions_visible_to,
    given,
    judged_visible_to,
    last_decision,
    panel_at,
    panel_for_ranking,
    progress,
    visible_to,
)
from civtech.judging.queries.queue import assignments_visible_to, content_for, is_seated, queue, waits, work_of
from civtech.judging.queries.scorecards import locked_points, locked_reasons, unlocked
from civtech.judging.queries.work import courses_of, going_on, overview, to_convene

__all__ = [
    "HEADING",
    "IN_FULL",
    "assignment_count",
    "assignments_visible_to",
    "candidate_count",
    "candidates",
    "challenges_visible_to",
    "chosen_for",
    "content_for",
    "could_judge",
    "courses_of",
    "decisions_visible_to",
    "given",
    "going_on",
    "is_seated",
    "judged_visible_to",
    "last_decision",
    "locked_points",
    "locked_reasons",
    "outcomes_of",
    "overview",
    "panel_at",
    "panel_for_ranking",
    "progress",
    "queue",
    "released_about",
    "to_convene",
    "unlocked",
    "visible_to",
    "waits",
    "work_of",
]
