"""Oversight: the hash-chained audit log, and what it shows."""
