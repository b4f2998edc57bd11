"""Tasks for people's own accounts."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.people.sign_in.browser import can_prove_more
from civtech.web.forms import translated
from civtech.web.registries import has_duty
from civtech.web.tasks import Task, task

YOUR_ACCOUNT = Text(N_("Your account"))


WHY = {
    ProgrammeRole.STAFF: N_("Your role lets you open proposals and release money. Protect it with a second factor."),
    ProgrammeRole.FINANCE: N_("Your role lets you move money. Protect it with a second factor."),
    ProgrammeRole.SECRETARY: N_("Your role lets you assign proposals to judges. Protect it with a second factor."),
    ProgrammeRole.AUDITOR: N_("Your role lets you read what is not public. Protect it with a second factor."),
    ProgrammeRole.ADMINISTRATOR: N_("Your role is a position of trust. Protect it with a second factor."),
    ProgrammeRole.JUDGE: N_(
        "Your role lets you read confidential information from companies. Protect it with a second factor."
    ),
}


FOR_EVERYBODY_ELSE = N_("What you do here is binding on others. Protect your account with more than a password.")


@task
def protect_the_account(actor: User, _at: datetime) -> Iterator[Task]:
    """Ask people with important duties to set up a second factor before its absence stops them."""
    if has_duty(actor) and not can_prove_more(actor):
        yield Task(
            Text(N_("Set up a second factor")),
            url_for("people.protect"),
            translated(_why(actor)),
            group=YOUR_ACCOUNT,
        )


def _why(actor: User) -> Text:
    """Why the role needs it. With several roles, the reason for the most powerful one."""
    return Text(next((why for role, why in WHY.items() if actor.reach(role)), FOR_EVERYBODY_ELSE))
