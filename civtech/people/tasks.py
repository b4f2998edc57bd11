"""What people are asked to do for their own account."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.web.forms import translated
from civtech.web.registries import Task, has_duty, task

YOUR_ACCOUNT = Text(N_("Your account"))


WHY = {
    ProgrammeRole.STAFF: N_("Your role opens proposals and releases money. A code from your phone protects it."),
    ProgrammeRole.FINANCE: N_("Your role moves money. A code from your phone protects it."),
    ProgrammeRole.SECRETARY: N_("Your role gives proposals to judges. A code from your phone protects it."),
    ProgrammeRole.AUDITOR: N_("Your role reads what is not public. A code from your phone protects it."),
    ProgrammeRole.ADMINISTRATOR: N_("Your role is one of trust. A code from your phone protects it."),
    ProgrammeRole.JUDGE: N_("Your role reads what companies wrote in confidence. A code from your phone protects it."),
}


FOR_EVERYBODY_ELSE = N_("What you do here binds others. More than a password protects it.")


@task
def protect_the_account(actor: User, _at: datetime) -> Iterator[Task]:
    """Whoever may do much is asked for a second factor before it stops them."""
    if has_duty(actor) and not actor.has_second_factor:
        yield Task(
            Text(N_("Set up a second factor")),
            url_for("people.protect"),
            translated(_why(actor)),
            group=YOUR_ACCOUNT,
        )


def _why(actor: User) -> Text:
    """Why the role needs it; of several, the one that can do most."""
    return Text(next((why for role, why in WHY.items() if actor.reach(role)), FOR_EVERYBODY_ELSE))
