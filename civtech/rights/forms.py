"""Forms for rights statements."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.facts import Fact
from civtech.rights.models import BackgroundKind, RightsStatement, binds
from civtech.web.fields import LineField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import lazy_gettext as _l


class BackgroundForm(CreationForm):
    kind = RadioField(
        _l("What type of background IP is it?"),
        widget=GovRadioInput(),
        choices=[SelectChoice(value=str(kind.value), label=_l(kind.label.message)) for kind in BackgroundKind],
        validators=[InputRequired(_l("Select the type of background IP."))],
    )
    title = LineField(
        _l("What is it called?"),
        description=_l(
            "Enter a name people will recognise. For example, the title of a patent, or the name and version "
            "of a library or data set."
        ),
        required=_l("Enter its name."),
        most=300,
    )
    owner = LineField(
        _l("Who owns it?"),
        description=_l("Your company, or someone who licensed it to you."),
        required=_l("Enter who owns it."),
    )


class AcceptanceForm(SeenForm):
    """Accepts exactly what the page showed: the terms, and what they bring into force."""

    noun: RightsStatement

    def binds(self) -> list[Fact]:
        return binds(self.noun)
