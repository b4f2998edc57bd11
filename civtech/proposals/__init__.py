"""Proposals: written by a team, submitted before the deadline, sealed until two people open them."""
