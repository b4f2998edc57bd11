"""The forms of rights statements."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.facts import Fact
from civtech.rights.models import BackgroundKind, binds
from civtech.web.fields import LineField
from civtech.web.forms import CreationForm, SeenForm


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


class AcceptanceForm(SeenForm):
    """Accepts exactly what was on the page: the terms, and what they bring into force."""

    def binds(self) -> list[Fact]:
        return binds(self.noun)
