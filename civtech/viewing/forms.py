"""As whom staff want to see a challenge."""

from typing import Any

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.challenges.models import Challenge
from civtech.core.text import N_
from civtech.viewing.models import SeenRole
from civtech.web.forms import Form

NAMES = {
    SeenRole.PUBLIC: N_("The public"),
    SeenRole.COMPANY: N_("A company that has not answered"),
    SeenRole.TEAM: N_("A member of a team that answers"),
    SeenRole.JUDGE: N_("A judge on the panel"),
    SeenRole.APPROVER: N_("An approver of the sponsor"),
    SeenRole.FINANCE: N_("A finance approver"),
    SeenRole.AUDITOR: N_("An auditor"),
}
SHOWN = {
    SeenRole.PUBLIC: N_("The challenge, answered questions, and what is published of its outcome."),
    SeenRole.COMPANY: N_("The same, and the pages to start a proposal and to ask a question."),
    SeenRole.TEAM: N_("What every team is shown. Its own proposal, receipt and feedback belong to the team: left out."),
    SeenRole.JUDGE: N_(
        "The challenge and an empty queue. What judges were given and what they scored is theirs: left out."
    ),
    SeenRole.APPROVER: N_("The challenge, its questions, what was received and, later, agreements and evidence."),
    SeenRole.FINANCE: N_("The challenge, and later its agreements, milestones and releases."),
    SeenRole.AUDITOR: N_("The challenge in every state, what was received, panels, rankings, agreements and money."),
}


class SeeAsForm(Form):
    role = RadioField(
        _l("As whom do you want to see it?"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Choose as whom you want to see it."))],
    )

    def __init__(self, challenge: Challenge, **options: Any) -> None:
        super().__init__(**options)
        self.offered = [role for role in SeenRole if role.sees(challenge)]
        self.role.choices = [SelectChoice(value=role.value, label=_l(NAMES[role])) for role in self.offered]
