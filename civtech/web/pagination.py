"""Paging by key: a page starts after the last row of the previous one, so new rows do not shift the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for
from sqlalchemy import ColumnElement, Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import Columns, db

Thing = TypeVar("Thing")
PAGE = 50
"""Rows on one page, and tasks of one kind listed for a person."""
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[Thing]):
    """One page of rows, with links to others. `previous_url` goes back to the first page."""

    rows: Sequence[Thing]
    next_url: str | None
    previous_url: str | None


def _with(*, after: object) -> str:
    arguments = {**request.args.to_dict(), **(request.view_args or {}), "after": after}
    return url_for(request.endpoint or "", **{key: value for key, value in arguments.items() if value is not None})


def paged(
    query: Select[Thing], key: InstrumentedAttribute[int], *, size: int = PAGE, newest_first: bool = True
) -> Page[Thing]:
    """The page of `query` that the URL's `after` asks for, ordered by the integer column `key`."""
    ordered = query.order_by(None).order_by(key.desc() if newest_first else key.asc())
    page = page_after(ordered, _beyond(key, newest_first=newest_first), lambda row: getattr(row[0], key.key), size=size)
    return Page([row[0] for row in page.rows], page.next_url, page.previous_url)


def paged_rows(query: Select[*Columns], key: InstrumentedAttribute[int], *, size: int = PAGE) -> Page[Row[*Columns]]:
    """The page like that of `paged`, newest first, where a row is everything that `query` selects."""
    ordered = query.order_by(None).order_by(key.desc())
    return page_after(ordered, _beyond(key, newest_first=True), lambda row: getattr(row, key.key), size=size)


def _beyond(key: InstrumentedAttribute[int], *, newest_first: bool) -> Callable[[str], ColumnElement[bool] | None]:
    def beyond(after: str) -> ColumnElement[bool] | None:
        if not after.isascii() or not after.isdigit() or int(after) > LARGEST_KEY:
            return None
        return key < int(after) if newest_first else key > int(after)

    return beyond


def page_after(
    query: Select[*Columns],
    beyond: Callable[[str], ColumnElement[bool] | None],
    cursor_of: Callable[[Row[*Columns]], object],
    *,
    size: int = PAGE,
) -> Page[Row[*Columns]]:
    """The page of `query`, in its own order, that the URL's `after` asks for.

    `cursor_of` says what the page after a row begins after. `beyond` turns that into a condition, or into None if it
    is not valid.
    """
    condition = beyond(request.args.get("after", ""))
    if condition is not None:
        query = query.where(condition)
    chosen = db.session.execute(query.limit(size + 1)).unique().all()
    return page_of(chosen, cursor_of, is_first=condition is None, size=size)


def page_of(
    chosen: Sequence[Thing], cursor_of: Callable[[Thing], object], *, is_first: bool, size: int = PAGE
) -> Page[Thing]:
    """The page with these rows. One more than `size` tells that there is a next page."""
    last = cursor_of(chosen[size - 1]) if len(chosen) > size else None
    return Page(
        chosen[:size],
        _with(after=last) if last is not None else None,
        None if is_first else _with(after=None),
    )
