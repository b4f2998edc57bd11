"""Judging: panels, conflicts of interest, scorecards, ranking, and decisions that need two people."""
