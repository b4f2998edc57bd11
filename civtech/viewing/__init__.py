"""Viewing a challenge as another role: read-only, marked on every page, on record, and for a quarter of an hour."""
