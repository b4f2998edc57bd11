"""Funded stages: the agreement with a team, its milestones, the evidence and its acceptance by the public body."""
