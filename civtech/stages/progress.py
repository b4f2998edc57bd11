"""How far a team has come with its agreement, in one next step."""

from flask import url_for
from flask_babel import gettext

from civtech.core.text import N_, Text
from civtech.stages.models import AgreementState, MilestoneState, StageAgreement
from civtech.web.display import end_of
from civtech.web.registries import Progress


def agreement_progress(agreement: StageAgreement, *, judged: bool) -> Progress:
    """What comes next for the team; `judged` says that a panel decides at the end of the stage."""
    if agreement.state is AgreementState.OFFERED:
        return _offered(agreement)
    if agreement.state is AgreementState.ACTIVE:
        return _in_force(agreement, judged=judged)
    return Progress(
        Text(N_("Completed")),
        "blue",
        title=gettext("“%(stage)s” is completed", stage=agreement.stage.name),
        text=gettext("What was accepted is still released and paid. What you made stays yours."),
        url=url_for("stages.agreement", reference=agreement.reference),
        action=gettext("See the agreement"),
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
            "The agreement for “%(stage)s” comes into force, and its money is set aside for you, when an officer of "
            "each side has accepted the rights statement.",
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
                title=gettext("Deliver “%(title)s”", title=milestone.title),
                text=gettext("The public body then accepts your evidence, and the money is released."),
                url=url_for("stages.milestone", reference=milestone.reference),
                action=gettext("See the milestone"),
                due=end_of(milestone.due_on),
            )
    for milestone in agreement.milestones:
        if milestone.state is MilestoneState.DELIVERED:
            return Progress(
                label,
                colour,
                title=gettext("The public body looks at “%(title)s”", title=milestone.title),
                text=gettext("It accepts the evidence, or returns it with a reason."),
                url=url_for("stages.milestone", reference=milestone.reference),
                action=gettext("See the evidence"),
            )
    return Progress(
        label,
        colour,
        title=gettext("Every milestone is accepted"),
        text=gettext("At the end of the stage the teams are judged again: each goes on, or stops with feedback.")
        if judged
        else gettext("Programme staff complete the agreement next."),
        url=url_for("stages.agreement", reference=agreement.reference),
        action=gettext("See the agreement"),
    )
