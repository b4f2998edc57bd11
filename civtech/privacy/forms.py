"""Asking for erasure, placing a hold, reporting a problem."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextInput
from wtforms import BooleanField
from wtforms.validators import InputRequired

from civtech.privacy.models.problem import LONGEST, LONGEST_PAGE
from civtech.web.fields import LineField, LocalInstantField, WordsField
from civtech.web.forms import CreationForm


class ErasureForm(CreationForm):
    """A person asks to be erased."""

    sure = BooleanField(
        _l("I have read what goes and what stays. Erase my data."),
        validators=[InputRequired(_l("Tick the box if you want your data to be erased."))],
        widget=GovCheckboxInput(),
    )


class HoldForm(CreationForm):
    """What to keep, why, and until when."""

    on = LineField(
        _l("Person or organisation"),
        required=_l("Enter the reference of a person or an organisation."),
        description=_l("A reference like U-7K3M-92QX or O-7K3M-92QX, or the e-mail address of a person."),
        most=254,
        render_kw={"params": {"spellcheck": False, "autocomplete": "off"}},
    )
    reason = WordsField(
        _l("Why it is kept"),
        required=_l("Say why it is kept, best with the number of the request."),
        description=_l("For example the number of a request for information, or of a court case."),
        most=500,
        rows=3,
    )
    ends_at = LocalInstantField(
        _l("When the hold ends"),
        required=_l("Enter when the hold ends."),
        description=_l("It ends by itself. Place another if that is too early."),
    )


class ProblemForm(CreationForm):
    """What stopped somebody; with or without an account."""

    words = WordsField(
        _l("What stopped you?"),
        required=_l("Say what stopped you."),
        description=_l(
            "What you wanted to do, what happened, and what you use: a screen reader, a magnifier, a keyboard."
        ),
        most=LONGEST,
    )
    page = LineField(_l("On which page? (optional)"), description=_l("Its address or its title."), most=LONGEST_PAGE)
    email = LineField(
        _l("E-mail address for the answer (optional)"),
        description=_l("Used only to answer you, and deleted with your report."),
        most=254,
        widget=GovTextInput(),
        render_kw={"params": {"type": "email", "autocomplete": "email", "spellcheck": False}},
    )
