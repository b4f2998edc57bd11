"""Who an agreement pays: a company with a checked registration number. It charges VAT with a VAT number or a reason."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.models import IdentifierScheme, Organisation
from civtech.organisations.models.identifiers import spelled

NOT_A_PAYEE = N_(
    "You can only offer an agreement to a company with a checked registration number. Its owner can add the number, or "
    "change from a person with an idea to a company. Programme staff look up a number that we cannot check."
)
NO_VAT_NUMBER = N_("Enter the company’s VAT number, or say why it charges VAT without one.")


class Payee:
    """The part of a stage agreement that knows who it pays. The VAT number or the reason is fixed with the offer."""

    vat_number: Mapped[str | None]
    vat_reason: Mapped[str | None]

    if TYPE_CHECKING:
        vat_pence: Mapped[int]

        @property
        def company(self) -> Organisation: ...

    @property
    def known_vat_number(self) -> str | None:
        """The VAT number entered for the agreement, or the one that the company is registered with."""
        company = self.company
        registered = company.identifier_number if company.identifier_scheme is IdentifierScheme.VAT else None
        return self.vat_number or registered

    def vat_entry(self, number: str | None, reason: str | None) -> tuple[str | None, str | None]:
        """Return what the offer keeps about VAT: the number, else the reason for charging it without one.

        Refuse a payee that no agreement may have.
        """
        if not self.company.can_be_paid:
            raise RuleViolation(NOT_A_PAYEE)
        if not self.vat_pence:
            return None, None
        try:
            known = spelled(IdentifierScheme.VAT, number) if number else self.known_vat_number
        except RuleViolation as refusal:
            raise RuleViolation(refusal.text.message, field="vat_number") from refusal
        explained = (reason or "").strip() or None
        if known is None and explained is None:
            raise RuleViolation(NO_VAT_NUMBER, field="vat_number")
        return known, None if known else explained
