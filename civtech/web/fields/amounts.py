"""Amounts and numbers: typed as people write them, read as whole pence and whole numbers within sensible limits."""

import re
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from babel.numbers import get_currency_name, get_currency_symbol
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Field

from civtech.core.digits import in_ordinary_digits
from civtech.core.money import pence
from civtech.web.display import money
from civtech.web.translation import Label, gettext, language

LARGEST_AMOUNT = 100_000_000_000
AMOUNT = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.(\d{1,2}))?", re.ASCII)
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)", re.ASCII)


def _typed(values: Sequence[object]) -> str:
    """What was typed, in ordinary digits and without spaces. A missing field counts as empty."""
    text = in_ordinary_digits(values[0]) if values and isinstance(values[0], str) else ""
    return "".join(text.split())


class _NumberField(Field):
    """A field whose `data` is an integer, or None when nothing was typed."""

    is_unanswered = False
    """Whether a required value is missing. Its message already says which, so the field's name is not added."""

    def __init__(
        self, label: Label | None = None, *, required: Label | None = None, least: int, most: int, **options: object
    ) -> None:
        super().__init__(label, **options)
        self.required_message, self.least, self.most = required, least, most

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.shown(self.data)

    def process_formdata(self, values: Sequence[object]) -> None:
        self.data = None
        if not (typed := _typed(values)):
            if self.required_message:
                self.is_unanswered = True
                raise ValueError(self.required_message)
            return
        self.data = self.read(typed)

    def shown(self, value: int) -> str:
        """`value` as a person would type it."""
        raise NotImplementedError

    def read(self, typed: str) -> int:
        """The value of what was typed. Raises `ValueError` with the sentence to show."""
        raise NotImplementedError


@runtime_checkable
class AmountsForm(Protocol):
    """A form with amounts: it says what currency the row is in that they are for."""

    @property
    def amounts_in(self) -> str: ...


class MoneyField(_NumberField):
    """Money, typed as `5,000` or `£5,000.00`; `data` is integer pence. `least` and `most` are pence.

    It is in the currency that its form says.

    `required` is the sentence shown when nothing is typed; without it, the field may be empty (`data` is None).
    """

    def __init__(
        self,
        label: Label | None = None,
        *,
        required: Label | None = None,
        least: int = 0,
        most: int = LARGEST_AMOUNT,
        **options: object,
    ) -> None:
        options.setdefault("widget", _MoneyInput())
        super().__init__(label, required=required, least=least, most=most, **options)
        self._of = options.get("_form")

    @property
    def currency(self) -> str:
        """The currency of the amount, an ISO 4217 code."""
        if not isinstance(self._of, AmountsForm):
            raise LookupError("An amount needs a form that says its currency.")
        return self._of.amounts_in

    @property
    def sign(self) -> str:
        """The sign of the currency, as the reader's language writes it."""
        return str(get_currency_symbol(self.currency, locale=language().locale))

    def shown(self, value: int) -> str:
        whole, rest = divmod(value, 100)
        return f"{whole:,}.{rest:02}" if rest else f"{whole:,}"

    def read(self, typed: str) -> int:
        typed = typed.removeprefix(self.sign).removeprefix(self.currency)
        if typed.startswith(("-", "−")):
            raise ValueError(gettext("Amount must be zero or more."))
        if not AMOUNT.fullmatch(typed):
            raise ValueError(
                gettext("Enter an amount in pounds, such as 5,000 or 5,000.50.")
                if self.currency == "GBP"
                else gettext(
                    "Enter an amount in %(currency)s, such as 5,000 or 5,000.50.",
                    currency=get_currency_name(self.currency, count=2, locale=language().locale),
                )
            )
        if len(typed) > 20 or (value := pence(typed.replace(",", ""))) > self.most:
            raise ValueError(gettext("Amount must be %(most)s or less.", most=money(self.most, self.currency)))
        if value < self.least:
            raise ValueError(gettext("Amount must be %(least)s or more.", least=money(self.least, self.currency)))
        return value


class WholeNumberField(_NumberField):
    """A whole number from `least` to `most`; `data` is an int, or None when nothing was typed."""

    def __init__(
        self,
        label: Label | None = None,
        *,
        required: Label | None = None,
        least: int = 0,
        most: int = 1_000_000,
        **options: object,
    ) -> None:
        options.setdefault("widget", GovTextInput())
        options.setdefault(
            "render_kw", {"params": {"classes": "govuk-input--width-4", "inputmode": "numeric", "spellcheck": False}}
        )
        super().__init__(label, required=required, least=least, most=most, **options)

    def shown(self, value: int) -> str:
        return str(value)

    def read(self, typed: str) -> int:
        if not NUMBER.fullmatch(typed):
            raise ValueError(gettext("Enter a whole number, such as %(example)s.", example=max(self.least, 1)))
        if len(typed) > 20 or not self.least <= (value := int(typed.replace(",", ""))) <= self.most:
            raise ValueError(
                gettext("Enter a whole number from %(least)s to %(most)s.", least=self.least, most=self.most)
            )
        return value


class _MoneyInput(GovTextInput):
    """A text input with the currency in front of it."""

    def map_gov_params(self, field: MoneyField, **kwargs: object) -> dict[str, object]:
        params: dict[str, object] = super().map_gov_params(field, **kwargs)
        params.setdefault("classes", "govuk-input--width-10")
        return params | {"prefix": {"text": field.sign}, "inputmode": "decimal", "spellcheck": False}
