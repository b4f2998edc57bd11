"""What people can do first in a role of the programme."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.web.registries import FirstStep, first_step


@first_step
def for_a_role(person: User) -> Iterator[FirstStep]:
    """A step for each role that has one of its own; for any other role, where to read what it is for."""
    steps = list(_of_its_own(person))
    if person.works_for_the_programme and not steps:
        yield FirstStep(
            Text(N_("Nothing waits for you.")),
            Text(N_("What your role asks of you appears here as soon as it needs you.")),
            url_for("people.account"),
            Text(N_("See what your role is for")),
        )
    yield from steps


def _of_its_own(person: User) -> Iterator[FirstStep]:
    if person.is_staff:
        yield FirstStep(
            Text(N_("Nothing waits for you.")),
            Text(N_("Public bodies bring the questions. Add one, and name the people who act for it.")),
            url_for("public_bodies.index"),
            Text(N_("See the public bodies")),
        )
    if person.reach(ProgrammeRole.FINANCE):
        yield FirstStep(
            Text(N_("No payment waits for you.")),
            Text(N_("When the release of money is proposed or approved, it appears here.")),
        )
    if person.has(ProgrammeRole.ADMINISTRATOR):
        yield FirstStep(
            Text(N_("No role waits for you.")),
            Text(N_("When another administrator asks for a role, it appears here for you to approve or refuse.")),
            url_for("roles.index"),
            Text(N_("See who holds which role")),
        )
