"""What an email says about the thing it is about: its name, its reference and the facts that a reader acts on.

Emails are kept as plain JSON until they are sent, so values are packed here and read again when the text is written.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from civtech.challenges.models import Challenge, Question
from civtech.core.facts import Amount, Fact, Value
from civtech.core.text import N_, Text
from civtech.funding.models import Release
from civtech.judging.models import Decision, Panel
from civtech.organisations.models import Organisation
from civtech.proposals.models import Proposal
from civtech.rights.models import RightsStatement
from civtech.stages.models import Milestone, MilestoneState, StageAgreement

Facts: TypeAlias = dict[str, object]
Link: TypeAlias = tuple[str, Mapping[str, object]]
Line: TypeAlias = tuple[str | Text, Value | None]

LONGEST_MESSAGE = 2000
IN_FULL = N_("%(name)s (%(reference)s)")


def packed(value: Value | None) -> object:
    """Return a value as JSON. Unlike in a form's facts, a long text stays as it is."""
    if isinstance(value, Text):
        return ["text", value.message, {name: packed(each) for name, each in value.parameters.items()}]
    if isinstance(value, datetime):
        return ["instant", value.isoformat()]
    return value if isinstance(value, str) else Fact("", Text(""), value).packed()[2]


def named(name: Value, reference: str, link: Link, *lines: Line) -> Facts:
    """Return the facts that every email has: the thing's name and reference, one link, and a line for each fact."""
    return {
        "name": packed(name),
        "reference": reference,
        "about": [[packed(label), packed(value)] for label, value in lines if value not in (None, "")],
        "link": link,
    }


def typed(message: str | None) -> Facts:
    """Return what someone typed, to be quoted. A very long text is cut, and the email says where to read the rest."""
    text = (message or "").replace("\r\n", "\n").strip()
    return {"message": text[:LONGEST_MESSAGE], "message_goes_on": len(text) > LONGEST_MESSAGE}


def both(net_pence: int, vat_pence: int, currency: str) -> Text:
    """An amount excluding and including its VAT."""
    return Text(
        N_("%(net)s, %(gross)s including VAT"),
        {"net": Amount(net_pence, currency), "gross": Amount(net_pence + vat_pence, currency, ex_vat=False)},
    )


def _with(name: str, reference: str) -> Text:
    return Text(IN_FULL, {"name": name, "reference": reference})


def line_of(challenge: Challenge) -> Line:
    """The line that names a challenge."""
    return N_("Challenge"), _with(challenge.question, challenge.reference)


def of_challenge(challenge: Challenge, *lines: Line, link: Link | None = None) -> Facts:
    """What an email says of a challenge: its question, its public body and its round."""
    page = link or ("challenges.show", {"slug": challenge.slug})
    return named(
        challenge.question,
        challenge.reference,
        page,
        line_of(challenge),
        (N_("Public body"), challenge.sponsor.name),
        *lines,
    ) | {"organisation": challenge.sponsor.name, "question": challenge.question}


def of_question(question: Question, link: Link) -> Facts:
    """What an email says of a question that was asked. It never says who asked."""
    challenge = question.challenge
    return of_challenge(challenge, link=link) | {"reference": question.reference}


def of_proposal(proposal: Proposal, *lines: Line, link: Link | None = None) -> Facts:
    """What an email to its own team says of a proposal: the challenge and the team, and nothing the team wrote."""
    challenge = proposal.challenge
    return named(
        challenge.question,
        proposal.reference,
        link or ("proposals.show", {"reference": proposal.reference}),
        line_of(challenge),
        (N_("Proposal"), proposal.reference),
        (N_("Team"), proposal.organisation.name),
        *lines,
    ) | {
        "organisation": proposal.organisation.name,
        "question": challenge.question,
        "closes_at": challenge.closes_at,
    }


def of_panel(panel: Panel, *lines: Line, link: Link) -> Facts:
    """What an email says of a panel: its challenge and its stage, and no proposal."""
    return named(
        panel.challenge.question,
        panel.reference,
        link,
        line_of(panel.challenge),
        (N_("Stage"), panel.stage.name),
        *lines,
    ) | {"question": panel.challenge.question, "stage": panel.stage.name}


def of_decision(decision: Decision, *lines: Line) -> Facts:
    """What an email says of a decision: its challenge and its stage, and not what was decided."""
    page = ("judging.decision", {"reference": decision.reference})
    return of_panel(decision.panel, *lines, link=page) | {"reference": decision.reference}


def of_agreement(agreement: StageAgreement, *lines: Line, link: Link | None = None) -> Facts:
    """What an email says of a stage agreement: challenge, stage, both sides and the amount."""
    challenge = agreement.challenge
    return named(
        challenge.question,
        agreement.reference,
        link or ("stages.agreement", {"reference": agreement.reference}),
        line_of(challenge),
        (N_("Stage"), agreement.stage.name),
        (N_("Agreement"), agreement.reference),
        (N_("Company"), agreement.company.name),
        (N_("Public body"), agreement.public_body.name),
        (N_("Amount"), both(agreement.amount_pence, agreement.vat_pence, agreement.currency)),
        *lines,
    ) | {
        "question": challenge.question,
        "stage": agreement.stage.name,
        "company": agreement.company.name,
        "sponsor": agreement.public_body.name,
    }


def unpaid(agreement: StageAgreement) -> list[Line]:
    """The lines that name the milestones that ended without evidence, so that they are never paid."""
    missed = [milestone for milestone in agreement.milestones if milestone.state is MilestoneState.UNDELIVERED]
    return [(N_("Not delivered and not paid"), f"{milestone.number}: {milestone.title}") for milestone in missed]


def of_statement(statement: RightsStatement, *lines: Line) -> Facts:
    """What an email says of a rights statement: challenge, stage and both sides."""
    challenge = statement.challenge
    return named(
        challenge.question,
        statement.reference,
        ("rights.statement", {"reference": statement.reference}),
        line_of(challenge),
        (N_("Stage"), statement.stage.name),
        (N_("Rights statement"), statement.reference),
        (N_("Company"), statement.company.name),
        (N_("Public body"), statement.public_body.name),
        *lines,
    ) | {"company": statement.company.name, "sponsor": statement.public_body.name}


def _milestone(milestone: Milestone, reference: str, link: Link, *lines: Line) -> Facts:
    agreement = milestone.agreement
    title: dict[str, Value | None] = {"number": milestone.number, "title": milestone.title}
    return named(
        Text(N_("Milestone %(number)s: %(title)s"), title),
        reference,
        link,
        (N_("Milestone"), _with(f"{milestone.number}: {milestone.title}", milestone.reference)),
        line_of(agreement.challenge),
        (N_("Stage"), agreement.stage.name),
        (N_("Company"), agreement.company.name),
        (N_("Public body"), agreement.public_body.name),
        (N_("Due on"), milestone.due_on),
        *lines,
    ) | {"company": agreement.company.name, "sponsor": agreement.public_body.name}


def of_milestone(milestone: Milestone, *lines: Line) -> Facts:
    """What an email says of a milestone: its title, challenge, stage, both sides, due date and amount."""
    page = ("stages.milestone", {"reference": milestone.reference})
    amount = (N_("Amount"), both(milestone.amount_pence, milestone.vat_pence, milestone.currency))
    return _milestone(milestone, milestone.reference, page, amount, *lines)


def of_release(release: Release, *lines: Line, link: Link | None = None) -> Facts:
    """What an email says of a release: the same as of its milestone, with the amount of the release."""
    page = link or ("funding.release", {"reference": release.reference})
    amount = (N_("Amount"), both(release.amount_pence, release.vat_pence, release.currency))
    line = (N_("Release"), release.reference)
    return _milestone(release.milestone, release.reference, page, line, amount, *lines)


def of_organisation(organisation: Organisation, *lines: Line, endpoint: str = "organisations.show") -> Facts:
    """What an email says of an organisation."""
    return named(
        organisation.name,
        organisation.reference,
        (endpoint, {"reference": organisation.reference}),
        (N_("Organisation"), _with(organisation.name, organisation.reference)),
        *lines,
    ) | {"organisation": organisation.name}


def until(instant: datetime | date | None) -> Line:
    """The line that says by when."""
    return N_("By"), instant
