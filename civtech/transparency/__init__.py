"""Transparency: the public register. Reads everything, writes nothing."""
