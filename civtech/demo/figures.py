"""The figures for last year that the demonstration's companies enter, and their VAT numbers."""

from civtech.organisations.models import CompanySize, Currency, Figures

THOUSAND = 100_000
STATED = {
    CompanySize.MICRO: (
        Figures(4, 210 * THOUSAND, 64 * THOUSAND),
        Figures(2, 0, 12 * THOUSAND),
        Figures(8, 690 * THOUSAND, 340 * THOUSAND),
    ),
    CompanySize.SMALL: (
        Figures(18, 1_640 * THOUSAND, 720 * THOUSAND),
        Figures(34, 3_900 * THOUSAND, 2_150 * THOUSAND, Currency.EURO),
    ),
    CompanySize.MEDIUM: (Figures(120, 21_000 * THOUSAND, 11_400 * THOUSAND),),
    CompanySize.LARGE: (Figures(640, 96_000 * THOUSAND, 71_000 * THOUSAND),),
}
SILENT = 7


def figures_of(size: CompanySize, number: int) -> Figures | None:
    """Return the figures of the company with this number in the file. Every seventh only ever declared its size."""
    if number % SILENT == SILENT - 1:
        return None
    return STATED[size][number % len(STATED[size])]


def vat_number(number: int) -> str:
    """Return a British VAT number with valid check digits, a different one for each `number`."""
    digits = f"{9_000_000 + number:07}"
    check = 97 - (sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True)) + 55) % 97
    return f"GB{digits}{check:02}"
