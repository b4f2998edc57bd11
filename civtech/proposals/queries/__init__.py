"""Queries for proposals: who can read what, and under which lock."""

from civtech.challenges.queries import hold
from civtech.proposals.queries.holding import hold_words
from civtech.proposals.queries.reading import (
    BARRED,
    READERS,
    Reader,
    barred,
    exists_at_all,
    is_opened,
    is_readable,
    known_to_team,
    of_teams,
    own,
    readable_by,
    reader,
    visible_to,
)
from civtech.proposals.queries.receiving import (
    begun_so_far,
    opened_among,
    opening_of,
    published,
    received_so_far,
    sealed,
    submitted_count,
    unsealed,
    waiting_for_opening,
)

__all__ = [
    "BARRED",
    "READERS",
    "Reader",
    "barred",
    "begun_so_far",
    "exists_at_all",
    "hold",
    "hold_words",
    "is_opened",
    "is_readable",
    "known_to_team",
    "of_teams",
    "opened_among",
    "opening_of",
    "own",
    "published",
    "readable_by",
    "reader",
    "received_so_far",
    "sealed",
    "submitted_count",
    "unsealed",
    "visible_to",
    "waiting_for_opening",
]
