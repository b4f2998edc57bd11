"""Oversight: the audit log, hash-chained, and what it shows."""
