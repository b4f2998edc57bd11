"""Forms to ask for erasure, place a hold and report a problem."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextInput
from wtforms import BooleanField
from wtforms.validators import InputRequired

from civtech.privacy.models.problem import LONGEST, LONGEST_PAGE
from civtech.web.fields import LineField, LocalInstantField, WordsField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import lazy_gettext as _l


class ErasureForm(SeenForm, CreationForm):
    """A person's request to erase their data."""

    sure = BooleanField(
        _l("I have read what will be erased and what will be kept. Erase my data."),
        validators=[InputRequired(_l("Select the box if you want us to erase your data."))],
        widget=GovCheckboxInput(),
    )


class HoldForm(CreationForm):
    """What to keep, why, and until when."""

    on = LineField(
        _l("Person or organisation"),
        required=_l("Enter the reference of a person or organisation, or a person’s email address."),
        description=_l("A reference like U-7K3M-92QX or O-7K3M-92QX, or a person’s email address."),
        most=254,
        render_kw={"params": {"spellcheck": False, "autocomplete": "off"}},
    )
    reason = WordsField(
        _l("Reason for the hold"),
        required=_l("Enter a reason. Include the number of the request if you can."),
        description=_l("For example, the number of a request for information or of a court case."),
        most=500,
        rows=3,
    )
    ends_at = LocalInstantField(
        _l("When the hold ends"),
        required=_l("Enter the date the hold ends."),
        description=_l("The hold ends automatically. If you need longer, place another hold."),
    )


class ProblemForm(CreationForm):
    """The problem a person had with a page, with or without an account."""

    words = WordsField(
        _l("What was the problem?"),
        required=_l("Enter what the problem was."),
        description=_l(
            "Tell us what you wanted to do, what happened, and what you use, such as a screen reader, "
            "magnifier or keyboard."
        ),
        most=LONGEST,
    )
    page = LineField(_l("Which page was it on? (optional)"), description=_l("Its address or title."), most=LONGEST_PAGE)
    email = LineField(
        _l("Email address for our answer (optional)"),
        description=_l("We use this only to answer you, and delete it with your report."),
        most=254,
        widget=GovTextInput(),
        render_kw={"params": {"type": "email", "autocomplete": "email", "spellcheck": False}},
    )
