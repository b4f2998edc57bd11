"""Challenges: a public body's open question, its publication, and the questions asked about it."""
