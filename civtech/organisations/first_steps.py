"""What people can do first for their organisation, and for having one."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.text import N_, Text
from civtech.organisations.models import OrganisationKind
from civtech.people.models import User
from civtech.web.registries import FirstStep, first_step


@first_step
def for_an_organisation(person: User) -> Iterator[FirstStep]:
    """A step for a public body, one for a company, and an organisation of one's own for somebody without any."""
    if bodies := person.organisations(OrganisationKind.PUBLIC_BODY):
        yield FirstStep(
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
    if companies := person.organisations(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL):
        yield FirstStep(
            Text(N_("Find a question you can answer.")),
            Text(N_("Proposals, deadlines and milestones of %(name)s appear here."), {"name": companies[0].name}),
            "/",
            Text(N_("See the open challenges")),
        )
    if not (bodies or companies or person.works_for_the_programme):
        yield FirstStep(
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
