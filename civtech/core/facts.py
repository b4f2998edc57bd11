"""The facts that an action binds. Its page, form, request email and audit entry all read the same ones."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from civtech.core.text import Text

LONGEST_IN_FULL = 200


@dataclass(frozen=True)
class Amount:
    """Money in pence excluding VAT; with `ex_vat` false, the VAT itself or an amount that includes it.

    Who saw an amount in one currency has not seen the same figure in another.
    """

    pence: int
    currency: str
    ex_vat: bool = True


Value = str | int | date | Amount | Text
Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | None"


@dataclass(frozen=True)
class Fact:
    """One fact that an action binds. `key` never changes, so digests stay valid when the label is reworded.

    In a `Text`, as label or value, the parameters are values too. Only a long text has no value after unpacking.
    """

    key: str
    label: Text
    value: Value | None

    def packed(self) -> list[Json]:
        """The fact as JSON that `unpacked` can read. A long text becomes a digest, enough to see that it changed."""
        return [self.key, _packed(self.label), _packed(self.value)]

    @classmethod
    def unpacked(cls, packed: Sequence[object]) -> "Fact":
        """The fact that `packed` came from. A long text becomes `None`."""
        key, label, value = packed
        return cls(str(key), _unpacked_text(label), _unpacked(value))


def digest_of(facts: Sequence[Fact], *, over: str = "") -> str:
    """SHA-256 of the digest `over` and the facts' values in order. Labels and wording do not affect it."""
    plain = [over, *([fact.key, _plain(fact.value)] for fact in facts)]
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def recorded(facts: Sequence[Fact]) -> dict[str, Json]:
    """The amounts, dates and numbers among the facts, for the audit log. What people typed is left out."""
    values = {fact.key: _recorded(fact.value) for fact in facts}
    return {key: value for key, value in values.items() if value not in (None, {})}


def _plain(value: Value | None) -> Json:
    if isinstance(value, Text):
        return {name: _plain(each) for name, each in value.parameters.items()} or value.message
    if isinstance(value, Amount):
        return {"pence": value.pence, "currency": value.currency}
    return value.isoformat() if isinstance(value, date) else value


def _recorded(value: Value | None) -> Json:
    if isinstance(value, Text):
        parameters = {name: _recorded(each) for name, each in value.parameters.items()}
        return {name: each for name, each in parameters.items() if each is not None}
    return None if isinstance(value, str) else _plain(value)


def _packed(value: Value | None) -> Json:
    if isinstance(value, Text):
        return ["text", value.message, {name: _packed(each) for name, each in value.parameters.items()}]
    if isinstance(value, Amount):
        return ["amount", value.pence, value.currency, value.ex_vat]
    if isinstance(value, datetime):
        return ["instant", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, str) and len(value) > LONGEST_IN_FULL:
        return ["long", hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()]
    return value


def _unpacked(packed: object) -> Value | None:
    match packed:
        case str() | int():
            return packed
        case ["text", *_]:
            return _unpacked_text(packed)
        case ["amount", int(pence), str(currency), bool(ex_vat)]:
            return Amount(pence, currency, ex_vat)
        case ["date", str(day)]:
            return date.fromisoformat(day)
        case ["instant", str(moment)]:
            return datetime.fromisoformat(moment)
    return None


def _unpacked_text(packed: object) -> Text:
    match packed:
        case ["text", str(message), dict(parameters)]:
            return Text(message, {name: _unpacked(each) for name, each in parameters.items()})
    raise ValueError("This is no packed text.")
