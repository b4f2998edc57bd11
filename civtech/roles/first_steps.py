"""First steps for people with a role in the programme."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User
from civtech.web.registries import FirstStep, first_step


@first_step
def for_a_role(person: User) -> Iterator[FirstStep]:
    """A step for each role that has its own; for any other role, where to read about it."""
    steps = list(_of_its_own(person))
    if person.works_for_the_programme and not steps:
        yield FirstStep(
            Text(N_("Nothing needs your attention")),
            Text(N_("Tasks for your role appear here when they need your attention.")),
            url_for("people.account"),
            Text(N_("View your account and roles")),
        )
    yield from steps


def _of_its_own(person: User) -> Iterator[FirstStep]:
    if person.is_staff:
        yield FirstStep(
            Text(N_("Invite public bodies")),
            Text(N_("Public bodies set the challenges. Add a public body, then invite the people who act for it.")),
            url_for("public_bodies.index"),
            Text(N_("View public bodies")),
        )
    if person.reach(ProgrammeRole.FINANCE):
        yield FirstStep(
            Text(N_("No payments need your attention")),
            Text(N_("When someone proposes or approves a release of money, it appears here.")),
            url_for("funding.releases"),
            Text(N_("View releases")),
        )
    if person.has(ProgrammeRole.ADMINISTRATOR):
        yield FirstStep(
            Text(N_("Give people their roles")),
            Text(
                N_(
                    "Start with programme staff, who create rounds and invite public bodies. Another administrator "
                    "must approve each role. Their requests appear here for you."
                )
            ),
            url_for("roles.index"),
            Text(N_("View roles in the programme")),
        )
