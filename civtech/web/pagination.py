"""Paging by key: a page starts after the last row of the previous one, so new rows do not shift the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select
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
    query: Select[Row], key: InstrumentedAttribute[int], *, size: int = PAGE, newest_first: bool = True
) -> Page[Row]:
    """The page of `query` that `after` in the URL asks for, ordered by the integer column `key`."""
    after = request.args.get("after", type=int)
    if after is not None and not 0 <= after <= LARGEST_KEY:
        after = None
    if after is not None:
        query = query.where(key < after if newest_first else key > after)
    query = query.order_by(None).order_by(key.desc() if newest_first else key.asc()).limit(size + 1)
    rows = db.session.scalars(query).unique().all()
    more = len(rows) > size
    rows = rows[:size]
    last = getattr(rows[-1], key.key or "id") if rows and more else None
    return Page(rows, _with(after=last) if more else None, _with(after=None) if after is not None else None)
