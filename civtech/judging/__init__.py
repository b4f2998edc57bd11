"""Judging: panels, conflicts, scorecards, ranking, and decisions that two people make."""
