"""Asking for a programme role: who it is for, what it applies to and its dates."""

from datetime import datetime, timedelta
from typing import TypedDict

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSelect
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.text import Text
from civtech.people.models import EVERYWHERE, ProgrammeRole, Scope, ScopeKind
from civtech.people.sign_in.fields import email_field
from civtech.web.display import start_of
from civtech.web.fields import DayField, WordsField, choices
from civtech.web.forms import CreationForm, SeenForm, translated
from civtech.web.registries import scope_choices
from civtech.web.translation import lazy_gettext as _l


def scopes_to_choose() -> list[tuple[Scope, str]]:
    """The whole programme, every round and every challenge, each with its name."""
    offered = [(EVERYWHERE, translated(ScopeKind.PROGRAMME.label))]
    for kind, reference, name in scope_choices():
        scope = Scope(ScopeKind(kind), reference)
        offered.append((scope, translated(Text("%(kind)s: %(name)s", {"kind": scope.kind.label, "name": name}))))
    return offered


class Asked(TypedDict):
    """The answers as `RoleGrant.ask` takes them."""

    role: ProgrammeRole
    scope: Scope
    starts_at: datetime
    ends_at: datetime | None
    reason: str


class RoleForm(CreationForm):
    """A role that one administrator asks for and another approves."""

    email = email_field(
        label=_l("The person’s email address"),
        autocomplete="off",
        hint=_l("They need an account with a confirmed email address."),
        missing=_l("Enter the person’s email address, like name@example.org."),
    )
    role = RadioField(
        _l("Role"),
        widget=GovRadioInput(),
        choices=choices(*ProgrammeRole),
        validators=[InputRequired(_l("Select a role."))],
    )
    scope = SelectField(
        _l("Where the role applies"),
        description=_l(
            "Give only what they need: one challenge instead of a round, or one round instead of the whole programme."
        ),
        widget=GovSelect(),
    )
    starts_on = DayField(
        _l("First day"), description=_l("Leave this blank for the role to start as soon as it is approved.")
    )
    ends_on = DayField(
        _l("Last day"), description=_l("Leave this blank if the role should last until someone ends it.")
    )
    reason = WordsField(
        _l("Why do they need this role?"),
        description=_l(
            "The administrator who approves the role will see this. Do not name anyone else, because we keep this text."
        ),
        required=_l("Enter why they need this role."),
        most=1000,
        rows=3,
    )

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        offered = scopes_to_choose()
        self.scopes = {scope.reference or str(scope.kind): scope for scope, _name in offered}
        self.scope.choices = [
            SelectChoice(value=value, label=name) for value, (_scope, name) in zip(self.scopes, offered, strict=True)
        ]

    def details(self, at: datetime) -> Asked:
        """The answers. The last day is included."""
        return {
            "role": ProgrammeRole(self.role.data),
            "scope": self.scopes[self.scope.data],
            "starts_at": start_of(self.starts_on.data) if self.starts_on.data else at,
            "ends_at": start_of(self.ends_on.data + timedelta(days=1)) if self.ends_on.data else None,
            "reason": self.reason.data,
        }


class RefusalForm(SeenForm, CreationForm):
    message = WordsField(
        _l("Why are you refusing it?"),
        description=_l("The administrator who asked for it will see your reason."),
        required=_l("Enter why you are refusing it."),
        most=1000,
        rows=3,
    )
