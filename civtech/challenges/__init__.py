"""Challenges: a public body's open question, its publication, and the questions people ask about it."""
