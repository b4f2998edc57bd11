"""The forms of rights statements."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.errors import LostRace
from civtech.core.text import N_
from civtech.rights.models import BackgroundKind, RightsStatement
from civtech.web.fields import LineField
from civtech.web.forms import CreationForm, Form


class BackgroundForm(CreationForm):
    kind = RadioField(
        _l("What kind is it?"),
        widget=GovRadioInput(),
        choices=[SelectChoice(value=str(kind.value), label=_l(kind.label.message)) for kind in BackgroundKind],
        validators=[InputRequired(_l("Choose what kind it is."))],
    )
    title = LineField(
        _l("What is it?"),
        description=_l(
            "A name one can recognise: the title of a patent, the name and version of a library, a data set."
        ),
        required=_l("Say what it is."),
        most=300,
    )
    owner = LineField(
        _l("Who owns it?"),
        description=_l("Your company, or somebody who licensed it to you."),
        required=_l("Say who owns it."),
    )


class AcceptanceForm(Form):
    """Accepts exactly what was on the page: `seen` is the digest of the terms that were shown."""

    seen = HiddenField()

    def check(self, statement: RightsStatement) -> None:
        """Refuse an acceptance of other words than those that stand there now."""
        if self.seen.data != statement.compute_digest():
            raise LostRace(
                N_("The statement changed after you opened it. Read it again before you accept: nothing was accepted.")
            )
