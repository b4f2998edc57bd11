"""Forms for releases and payments."""

from collections.abc import Iterator

from civtech.challenges.consideration import ConsideringForm
from civtech.core.facts import Fact
from civtech.funding.models import Release
from civtech.funding.models.release import payable
from civtech.stages.models import Milestone
from civtech.web.fields import LineField, WordsField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import lazy_gettext as _l


class PayeeForm(SeenForm):
    """Acts on a release as the page showed it: amount, payee and milestone."""

    noun: Release

    def binds(self) -> Iterator[Fact]:
        return self.noun.binds()


class ReleaseForm(ConsideringForm, PayeeForm):
    """Approves or pays a release as the page showed it."""


class ProposalForm(ConsideringForm, SeenForm):
    """Proposes a release for a milestone as the page showed it."""

    noun: Milestone

    def binds(self) -> Iterator[Fact]:
        return payable(self.noun, self.noun.amount_pence, self.noun.vat_pence)


class RefusalForm(PayeeForm, CreationForm):
    reason = WordsField(
        _l("Why are you refusing it?"),
        description=_l("The person who proposed the release will see your reason. Staff can then propose it again."),
        required=_l("Enter why you are refusing it."),
        most=2000,
    )


class PaymentForm(ReleaseForm, CreationForm):
    bank_reference = LineField(
        _l("Bank reference"),
        description=_l(
            "Enter it as it appears in the bank’s record, like BACS-2027-000118. Each payment must have its "
            "own reference. We remove spaces and use capital letters."
        ),
        required=_l("Enter the bank reference."),
        most=80,
    )
