"""Funded stages: the agreement with a team, its milestones, the evidence and the sponsor's yes."""
