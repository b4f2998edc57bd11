"""Fields for signing in: one label each, with autocomplete set, pasting allowed and passwords typed once."""

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import EmailField, Field, Form, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation

from civtech.core.blank import is_blank
from civtech.core.digits import in_ordinary_digits
from civtech.core.errors import RuleViolation
from civtech.people.models.names import refuse_bad_name
from civtech.people.sign_in.passwords import LONGEST
from civtech.web.translation import Label, translated
from civtech.web.translation import lazy_gettext as _l

NEW_PASSWORD_HINT = _l(
    "Use at least 12 characters of any kind. Three or four words that only you would put together work well."
)


def macro_params(**params: object) -> dict[str, dict[str, object]]:
    """The parameters for the GOV.UK macro of a field."""
    return {"params": params}


def email_field(
    *checks: object,
    label: Label | None = None,
    autocomplete: str = "email",
    hint: Label = "",
    missing: Label | None = None,
) -> EmailField:
    """An email address."""
    return EmailField(
        label or _l("Email address"),
        description=hint,
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            InputRequired(missing or _l("Enter your email address, like name@example.org.")),
            Length(max=254, message=_l("The email address must be 254 characters or fewer.")),
            *checks,
        ],
        render_kw=macro_params(type="email", autocomplete=autocomplete, spellcheck=False),
    )


def password_field(label: Label, autocomplete: str, *, hint: Label = "", missing: Label | None = None) -> PasswordField:
    """A password. Its length and quality are checked elsewhere."""
    return PasswordField(
        label,
        description=hint,
        widget=GovPasswordInput(),
        validators=[
            InputRequired(missing or _l("Enter your password.")),
            Length(max=8 * LONGEST, message=_l("The password must be 128 characters or fewer.")),
        ],
        render_kw=macro_params(autocomplete=autocomplete),
    )


def without_spaces(value: str | None) -> str | None:
    """The code in ordinary digits, without the spaces that make it easier to read."""
    return "".join(in_ordinary_digits(value).split()) if value else value


def one_line(value: str | None) -> str | None:
    """The text with single spaces between words. Empty if it has nothing that people can see."""
    if value is None:
        return None
    return "" if is_blank(value) else " ".join(value.split())


def fit_for_a_name(_form: Form, field: Field) -> None:
    """Refuse what a name cannot contain."""
    try:
        refuse_bad_name(field.data)
    except RuleViolation as refusal:
        raise StopValidation(translated(refusal.text)) from refusal


def person_name() -> StringField:
    """The name that other people see."""
    return StringField(
        _l("Full name"),
        description=_l("The name your colleagues know you by. People you work with here will see it."),
        widget=GovTextInput(),
        filters=[one_line],
        validators=[
            DataRequired(_l("Enter your full name.")),
            Length(max=200, message=_l("The name must be 200 characters or fewer.")),
            fit_for_a_name,
        ],
        render_kw=macro_params(autocomplete="name", spellcheck=False),
    )
