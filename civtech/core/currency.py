"""Amounts know their currency. A round takes the programme's; everything below it takes the one of its parent."""

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Column, CompoundSelect, Select, String, event, literal, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Model
from civtech.core.frozen import table_of
from civtech.core.guards import guard
from civtech.core.text import N_

LETTERS = " AND ".join(f"substr(currency, {place}, 1) BETWEEN 'A' AND 'Z'" for place in (1, 2, 3))
IS_A_CODE = f"length(currency) = 3 AND currency = upper(currency) AND {LETTERS}"
TAKEN: list[Column[object]] = []
"""The columns that refer to a row with the same currency."""
ONE_CURRENCY = N_("An amount must be in the currency of its round.")


class InCurrency:
    """A row with amounts, all in one currency, which never changes. Say with `takes_currency_of` where it is from."""

    currency: Mapped[str] = mapped_column(String(3))

    def __init_subclass__(cls, **options: object) -> None:
        """Give the table of the class its CHECK on the column."""
        super().__init_subclass__(**options)
        Model.metadata.tables[cls.__tablename__].append_constraint(
            CheckConstraint(IS_A_CODE, name="currency_is_a_code")
        )

    if TYPE_CHECKING:
        __tablename__: str


def takes_currency_of(noun: type[Model], parent: str, *others: str) -> None:
    """Give each row of `noun` the currency of its `parent`, a relationship. The database refuses any other.

    The row must also be in the currency of `others`, each a relationship or the name of what its column `…_id` holds.
    """
    event.listen(getattr(noun, parent), "set", _take_over)
    table = table_of(noun)
    columns = [table.columns[f"{name}_id"] for name in (parent, *others)]
    TAKEN.extend(columns)
    watched = ", ".join([*(column.name for column in columns), "currency"])
    for act, on in (("insert", "INSERT"), ("update", f"UPDATE OF {watched}")):
        guard(
            f"{table.name}_is_in_one_currency_{act}",
            table=table.name,
            on=on,
            condition=" OR ".join(_differs(column) for column in columns),
            message=ONE_CURRENCY,
        )


def disagreeing() -> CompoundSelect[str, int, str, str]:
    """Select (table, id, currency, the currency it should have) of every row that is not in its parent's currency."""

    def of(column: Column[object]) -> Select[str, int, str, str]:
        (key,) = column.foreign_keys
        here, above = column.table, key.column.table
        said, right = here.columns["currency"], above.columns["currency"]
        rows = select(literal(here.name), here.columns["id"], said, right)
        return rows.join_from(here, above, column == key.column).where(said != right)

    return union_all(*map(of, TAKEN))


def _take_over(row: InCurrency, above: InCurrency | None, *_event: object) -> None:
    if above is not None:
        row.currency = above.currency


def _differs(column: Column[object]) -> str:
    """SQL: whether the row that `column` refers to is in another currency."""
    (key,) = column.foreign_keys
    above, _id = key.target_fullname.split(".")
    same = f"{above}.id = NEW.{column.name} AND {above}.currency = NEW.currency"
    return f"(NEW.{column.name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {above} WHERE {same}))"  # noqa: S608
