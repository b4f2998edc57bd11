"""`flask user …`: people, for operators of the platform."""

from civtech.people.commands import people
from civtech.people.commands.group import user

__all__ = ["commands", "people"]

commands = [user]
