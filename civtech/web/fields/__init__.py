"""Form fields. Any input, even none at all, gives either a value or a sentence that says what to do."""

from civtech.web.fields.amounts import MoneyField, WholeNumberField
from civtech.web.fields.choices import choices
from civtech.web.fields.moments import DayField, LocalInstantField
from civtech.web.fields.rows import RowsField
from civtech.web.fields.words import LineField, WordsField

__all__ = [
    "DayField",
    "LineField",
    "LocalInstantField",
    "MoneyField",
    "RowsField",
    "WholeNumberField",
    "WordsField",
    "choices",
]
