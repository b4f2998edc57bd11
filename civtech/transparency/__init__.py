"""Transparency: the public register. It reads everything and writes nothing."""
