"""Paging by key: a page starts after the last row of the previous one, so new rows do not shift the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import db

Row = TypeVar("Row")
PAGE = 50
"""Rows on one page, and tasks of one kind listed for a person."""
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, with links to others. `previous_url` goes back to the first page."""

    rows: Sequence[Row]
    next_url: str | None
    previous_url: str | None


def _with(**changes: Any) -> str:
    arguments = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(request.endpoint or "", **{key: value for key, value in arguments.items() if value is not None})


def paged(
    query: Select[Any],
    key: InstrumentedAttribute[int],
    *,
    size: int = PAGE,
    newest_first: bool = True,
    whole_rows: bool = False,
) -> Page[Any]:
    """The page of `query` that the URL's `after` asks for, ordered by the integer column `key`.

    With `whole_rows`, a row is everything that `query` selects, and not only the first thing.
    """

    def beyond(after: str) -> ColumnElement[bool] | None:
        if not after.isascii() or not after.isdigit() or int(after) > LARGEST_KEY:
            return None
        return key < int(after) if newest_first else key > int(after)

    ordered = query.order_by(None).order_by(key.desc() if newest_first else key.asc())
    name = key.key or "id"
    return page_after(ordered, beyond, lambda row: getattr(row, name), size=size, whole_rows=whole_rows)


def page_after(
    query: Select[Any],
    beyond: Callable[[str], ColumnElement[bool] | None],
    place_of: Callable[[Any], object],
    *,
    size: int = PAGE,
    whole_rows: bool = False,
) -> Page[Any]:
    """The page of `query`, in its own order, that the URL's `after` asks for.

    `place_of` says what the page after a row begins after. `beyond` turns that into a condition, or into None if it
    is no place in the list.
    """
    condition = beyond(request.args.get("after", ""))
    if condition is not None:
        query = query.where(condition)
    chosen = db.session.execute(query.limit(size + 1)).unique().all()
    rows = [row if whole_rows else row[0] for row in chosen[:size]]
    last = place_of(rows[-1]) if len(chosen) > size else None
    return Page(
        rows,
        _with(after=last) if last is not None else None,
        _with(after=None) if condition is not None else None,
    )
