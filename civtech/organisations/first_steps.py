"""First steps for people with an organisation, and for people without one."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.text import N_, Text
from civtech.organisations.models import OrganisationKind
from civtech.people.models import User
from civtech.web.registries import FirstStep, first_step


@first_step
def for_an_organisation(person: User) -> Iterator[FirstStep]:
    """A step for a public body, one for a company, and adding an organisation for people without any."""
    if bodies := person.organisations(OrganisationKind.PUBLIC_BODY):
        yield FirstStep(
            Text(N_("Nothing needs your attention for %(name)s"), {"name": bodies[0].name}),
            Text(
                N_(
                    "Questions from companies, deliverables and challenges to approve appear here when they "
                    "need your attention."
                )
            ),
            url_for("organisations.show", reference=bodies[0].reference),
            Text(N_("View people who act for it")),
        )
    if companies := person.organisations(OrganisationKind.COMPANY, OrganisationKind.INDIVIDUAL):
        yield FirstStep(
            Text(N_("Find a challenge you can answer")),
            Text(N_("Proposals, deadlines and milestones for %(name)s appear here."), {"name": companies[0].name}),
            "/",
            Text(N_("View open challenges")),
        )
    if not (bodies or companies or person.works_for_the_programme):
        yield FirstStep(
            Text(N_("Create an organisation to answer challenges")),
            Text(
                N_(
                    "It can be a company, or you alone with an idea. It answers challenges and keeps what it "
                    "makes. If a public body or a judging panel asked you to come, you do not need to do "
                    "anything. What they need from you will appear here."
                )
            ),
            url_for("organisations.new"),
            Text(N_("Create an organisation")),
        )
