"""What accounts themselves ask of people."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.accounts.models import ProgrammeRole, User
from civtech.core.text import N_, Text
from civtech.web.registries import Task, task

YOUR_ACCOUNT = Text(N_("Your account"))


@task
def protect_the_account(actor: User, _at: datetime) -> Iterator[Task]:
    """Whoever holds a programme role is asked for a second factor."""
    if actor.has(*ProgrammeRole) and not actor.has_second_factor:
        yield Task(
            Text(N_("Set up a second factor")),
            url_for("security.two_factor_setup"),
            str(Text(N_("Your role can move money or open proposals. A code from your phone protects it."))),
            group=YOUR_ACCOUNT,
        )
