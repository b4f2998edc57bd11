"""`flask user …`: people, for whoever runs the platform."""

from civtech.accounts.commands import people, roles
from civtech.accounts.commands.group import user

__all__ = ["commands", "people", "roles"]

commands = [user]
