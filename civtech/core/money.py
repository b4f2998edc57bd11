"""Money: integer pence, VAT kept separate. `core.currency` says which currency."""

from decimal import ROUND_HALF_UP, Decimal

STANDARD_VAT_PER_CENT = 20


def vat_on(net_pence: int, per_cent: int = STANDARD_VAT_PER_CENT) -> int:
    """The VAT in pence on a net amount, rounded half up to the penny."""
    return int((Decimal(net_pence) * per_cent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def net_of_vat(gross_pence: int, per_cent: int = STANDARD_VAT_PER_CENT) -> int:
    """The net part, in pence, of an amount that includes VAT, rounded half up to the penny."""
    return int((Decimal(gross_pence) * 100 / (100 + per_cent)).quantize(Decimal(1), ROUND_HALF_UP))


def pence(pounds: str | Decimal | int) -> int:
    """Convert pounds to pence, refusing fractions of a penny."""
    amount = Decimal(pounds) * 100
    if amount != amount.to_integral_value():
        raise ValueError("Amounts are whole pence.")
    return int(amount)
