"""The forms of releases and payments."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from civtech.core.errors import LostRace
from civtech.core.text import N_
from civtech.funding.models import Release
from civtech.web.fields import LineField, WordsField
from civtech.web.forms import CreationForm, Form


class ApprovalForm(Form):
    """Approves exactly the amount that was on the page: `seen` is net and VAT in pence."""

    seen = HiddenField()

    def check(self, release: Release) -> None:
        """Refuse to approve other figures than those that were shown."""
        if self.seen.data != f"{release.amount_pence}/{release.vat_pence}":
            raise LostRace(N_("This is not the amount that the page showed. Read it again before you approve."))


class RefusalForm(CreationForm):
    reason = WordsField(
        _l("Why do you refuse it?"),
        description=_l("Who proposed it reads your reason. The release can be proposed again."),
        required=_l("Say why you refuse it."),
        most=2000,
    )


class PaymentForm(CreationForm):
    bank_reference = LineField(
        _l("Bank reference"),
        description=_l("As it stands in the bank’s record, like BACS-2027-000118. Each payment has its own."),
        required=_l("Enter the bank reference."),
        most=80,
    )
