"""The form in which staff select the role to view as."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.challenges.models import Challenge
from civtech.core.text import N_
from civtech.viewing.models import SeenRole
from civtech.web.forms import Form
from civtech.web.translation import lazy_gettext as _l

NAMES = {
    SeenRole.PUBLIC: N_("The public"),
    SeenRole.COMPANY: N_("A company without a proposal"),
    SeenRole.TEAM: N_("A member of a team with a proposal"),
    SeenRole.JUDGE: N_("A judge on the panel"),
    SeenRole.APPROVER: N_("An approver for the sponsor"),
    SeenRole.FINANCE: N_("A finance approver"),
    SeenRole.AUDITOR: N_("An auditor"),
}
SHOWN = {
    SeenRole.PUBLIC: N_("The challenge, answered questions, and what is published about its outcome."),
    SeenRole.COMPANY: N_("The same as the public, and the pages to start a proposal and ask a question."),
    SeenRole.TEAM: N_(
        "What every team sees. A team’s own proposal, receipt and feedback are left out, because they belong "
        "to that team."
    ),
    SeenRole.JUDGE: N_(
        "The challenge and an empty queue. The proposals assigned to judges and the scores they gave are left"
        " out, because they belong to the judges."
    ),
    SeenRole.APPROVER: N_("The challenge, its questions, the proposals received and, later, agreements and evidence."),
    SeenRole.FINANCE: N_("The challenge and, later, its agreements, milestones and releases."),
    SeenRole.AUDITOR: N_(
        "The challenge at every status, the proposals received, panels, rankings, agreements and money."
    ),
}


class SeeAsForm(Form):
    role = RadioField(
        _l("Which role do you want to view as?"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Select the role you want to view as."))],
    )

    def __init__(self, challenge: Challenge, **options: object) -> None:
        super().__init__(**options)
        self.offered = [role for role in SeenRole if role.sees(challenge)]
        self.role.choices = [SelectChoice(value=role.value, label=_l(NAMES[role])) for role in self.offered]
