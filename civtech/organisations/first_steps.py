"""First steps for people with an organisation, and for people without one."""

from collections.abc import Iterator

from flask import url_for

from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind
from civtech.organisations.queries import with_several_people
from civtech.people.models import ProgrammeRole, User
from civtech.web.registries import FirstStep, first_step


@first_step
def for_an_organisation(person: User) -> Iterator[FirstStep]:
    """The steps of each organisation, and adding one for people without any."""
    bodies = person.organisations(OrganisationKind.PUBLIC_BODY)
    companies = person.organisations(OrganisationKind.COMPANY)
    alone = person.organisations(OrganisationKind.INDIVIDUAL)
    owned = [each for each in (*bodies, *companies) if person.acts_for(each, MemberRole.OWNER)]
    shared = set(db.session.scalars(with_several_people([each.id for each in owned]))) if owned else set()
    lonely = [each for each in owned if each.id not in shared]
    for body in bodies:
        yield _someone_to_approve(body) if body in lonely else _calm(body)
    for company in companies:
        if company in lonely:
            yield from _complete(company)
    if companies or alone:
        yield FirstStep(
            Text(N_("Find a challenge you can answer")),
            Text(
                N_("Proposals, deadlines and milestones for %(name)s appear here."),
                {"name": (companies or alone)[0].name},
            ),
            url_for("challenges.index"),
            Text(N_("View open challenges")),
        )
    if not (bodies or companies or alone or person.works_for_the_programme or person.has(ProgrammeRole.JUDGE)):
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


def _someone_to_approve(body: Organisation) -> FirstStep:
    return FirstStep(
        Text(N_("Invite a second person to %(name)s"), {"name": body.name}),
        Text(
            N_(
                "You are the only person who acts for it. Someone else at your public body must approve each "
                "challenge before it is published. Invite a colleague as approver."
            )
        ),
        url_for("organisations.members", reference=body.reference),
        Text(N_("Invite someone")),
    )


def _calm(body: Organisation) -> FirstStep:
    return FirstStep(
        Text(N_("Nothing needs your attention for %(name)s"), {"name": body.name}),
        Text(
            N_(
                "Questions from companies, deliverables and challenges to approve appear here when they "
                "need your attention."
            )
        ),
        url_for("organisations.show", reference=body.reference),
        Text(N_("View people who act for it")),
    )


def _complete(company: Organisation) -> Iterator[FirstStep]:
    """What the only owner of a company can do before there is anything to answer."""
    if company.identifier_number is None:
        yield FirstStep(
            Text(N_("Add the registration number of %(name)s"), {"name": company.name}),
            Text(N_("You can write proposals without it. You need it before you can be offered an agreement.")),
            url_for("organisations.edit", reference=company.reference),
            Text(N_("Change details")),
        )
    yield FirstStep(
        Text(N_("Invite your colleagues to %(name)s"), {"name": company.name}),
        Text(
            N_("You are the only person who acts for it. Editors write proposals with you. Viewers can only read them.")
        ),
        url_for("organisations.members", reference=company.reference),
        Text(N_("Invite someone")),
    )
