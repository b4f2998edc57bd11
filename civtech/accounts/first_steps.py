"""What somebody can do here first, when nothing waits for them."""

from dataclasses import dataclass

from flask import url_for

from civtech.accounts.models import OrganisationKind, ProgrammeRole, User
from civtech.core.text import N_, Text


@dataclass(frozen=True)
class FirstStep:
    """One thing to begin with: what, why, and where (none: it comes by itself)."""

    title: Text
    text: Text
    url: str | None = None
    label: Text | None = None


def first_steps(person: User) -> list[FirstStep]:
    """A first step for each role the person has; an organisation of one's own, for somebody without any."""
    steps = []
    if person.is_staff:
        steps.append(
            FirstStep(
                Text(N_("Nothing waits for you.")),
                Text(N_("Public bodies bring the questions. Add one, and name the people who act for it.")),
                url_for("public_bodies.index"),
                Text(N_("See the public bodies")),
            )
        )
    if person.reach(ProgrammeRole.FINANCE):
        steps.append(
            FirstStep(
                Text(N_("No payment waits for you.")),
                Text(N_("When the release of money is proposed or approved, it appears here.")),
            )
        )
    if person.has(ProgrammeRole.ADMINISTRATOR):
        steps.append(
            FirstStep(
                Text(N_("No role waits for you.")),
                Text(N_("When another administrator asks for a role, it appears here for you to approve or refuse.")),
                url_for("roles.index"),
                Text(N_("See who holds which role")),
            )
        )
    if person.works_for_the_programme and not steps:
        steps.append(
            FirstStep(
                Text(N_("Nothing waits for you.")),
                Text(N_("What your role asks of you appears here as soon as it needs you.")),
                url_for("accounts.account"),
                Text(N_("See what your role is for")),
            )
        )
    if bodies := person.organisations(OrganisationKind.PUBLIC_BODY):
        steps.append(
            FirstStep(
                Text(N_("Nothing waits for %(name)s."), {"name": bodies[0].name}),
                Text(
                    N_(
                        "Questions from companies, deliverables and challenges to approve appear here "
                        "as soon as they need you."
                    )
                ),
                url_for("organisations.show", reference=bodies[0].reference),
                Text(N_("See who acts for it")),
            )
        )
    if companies := person.organisations(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL):
        steps.append(
            FirstStep(
                Text(N_("Find a question you can answer.")),
                Text(N_("Proposals, deadlines and milestones of %(name)s appear here."), {"name": companies[0].name}),
                "/",
                Text(N_("See the open challenges")),
            )
        )
    if not steps:
        steps.append(
            FirstStep(
                Text(N_("Create your organisation first.")),
                Text(
                    N_(
                        "A company, or you alone with an idea: it answers challenges, and it keeps what it makes. "
                        "If a public body or a panel of judges asked you to come, there is nothing to do: "
                        "what they want from you will appear here."
                    )
                ),
                url_for("organisations.new"),
                Text(N_("Create an organisation")),
            )
        )
    return steps
