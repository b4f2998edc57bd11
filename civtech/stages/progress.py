"""A team's progress with its agreement, as one next step."""

from flask import url_for

from civtech.core.text import N_, Text
from civtech.stages.models import AgreementState, MilestoneState, StageAgreement
from civtech.web.display import end_of
from civtech.web.registries import Progress
from civtech.web.translation import gettext


def agreement_progress(agreement: StageAgreement, *, judged: bool) -> Progress:
    """Return the team's next step; `judged` says whether a panel decides at the end of the stage."""
    if agreement.state is AgreementState.OFFERED:
        return _offered(agreement)
    if agreement.state is AgreementState.ACTIVE:
        return _in_force(agreement, judged=judged)
    return Progress(
        Text(N_("Completed")),
        "blue",
        title=gettext("“%(stage)s” is complete", stage=agreement.stage.name),
        text=gettext("Money for accepted milestones will still be released and paid. What you made stays yours."),
        url=url_for("stages.agreement", reference=agreement.reference),
        action=gettext("View the agreement"),
        over=True,
    )


def _offered(agreement: StageAgreement) -> Progress:
    return Progress(
        Text(N_("Agreement offered")),
        "yellow",
        title=gettext("Accept the rights statement")
        if agreement.statement.company_accepted_at is None
        else gettext("The public body accepts the rights statement"),
        text=gettext(
            "The agreement for “%(stage)s” comes into force when an officer of each side has accepted the "
            "rights statement. Its money is then set aside for you.",
            stage=agreement.stage.name,
        ),
        url=url_for("rights.statement", reference=agreement.statement.reference),
        action=gettext("Read the rights statement"),
    )


def _in_force(agreement: StageAgreement, *, judged: bool) -> Progress:
    label, colour = Text(N_("Agreement in force")), "green"
    for milestone in agreement.milestones:
        if milestone.state is MilestoneState.DUE:
            return Progress(
                label,
                colour,
                title=gettext("Send evidence for “%(title)s”", title=milestone.title),
                text=gettext("When the public body accepts your evidence, the money can be released."),
                url=url_for("stages.milestone", reference=milestone.reference),
                action=gettext("View the milestone"),
                due=end_of(milestone.due_on),
            )
    for milestone in agreement.milestones:
        if milestone.state is MilestoneState.DELIVERED:
            return Progress(
                label,
                colour,
                title=gettext("The public body is checking the evidence for “%(title)s”", title=milestone.title),
                text=gettext("It will accept the evidence, or return it with a reason."),
                url=url_for("stages.milestone", reference=milestone.reference),
                action=gettext("View the evidence"),
            )
    return Progress(
        label,
        colour,
        title=gettext("Every milestone is accepted"),
        text=gettext(
            "The teams are judged again at the end of the stage. A team goes through to the next stage, or "
            "stops and gets feedback."
        )
        if judged
        else gettext("Programme staff will complete the agreement next."),
        url=url_for("stages.agreement", reference=agreement.reference),
        action=gettext("View the agreement"),
    )
