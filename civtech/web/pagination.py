"""Paging by key: a page starts after the last row of the previous one, so new rows do not shift the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import Columns, db

Thing = TypeVar("Thing")
Place = TypeVar("Place")
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
    page = page_after(
        _along(query, key, newest_first=newest_first), _key, lambda row: getattr(row[0], key.key), size=size
    )
    return Page([row[0] for row in page.rows], page.next_url, page.previous_url)


def paged_rows(query: Select[*Columns], key: InstrumentedAttribute[int], *, size: int = PAGE) -> Page[Row[*Columns]]:
    """The page like that of `paged`, newest first, where a row is everything that `query` selects."""
    return page_after(_along(query, key, newest_first=True), _key, lambda row: getattr(row, key.key), size=size)


def _along(
    query: Select[*Columns], key: InstrumentedAttribute[int], *, newest_first: bool
) -> Callable[[int | None, int], Select[*Columns]]:
    ordered = query.order_by(None).order_by(key.desc() if newest_first else key.asc())

    def find(after: int | None, number: int) -> Select[*Columns]:
        if after is None:
            return ordered.limit(number)
        return ordered.where(key < after if newest_first else key > after).limit(number)

    return find


def key_after() -> int | None:
    """The key that the URL's `after` names, or None if it is not valid."""
    return key_in("after")


def key_in(argument: str) -> int | None:
    """The key that an argument of the URL names, or None if it is not valid."""
    return _key(request.args.get(argument, ""))


def _key(after: str) -> int | None:
    return int(after) if after.isascii() and after.isdigit() and int(after) <= LARGEST_KEY else None


def page_after(
    find: Callable[[Place | None, int], Select[*Columns]],
    place_of: Callable[[str], Place | None],
    cursor_of: Callable[[Row[*Columns]], object],
    *,
    size: int = PAGE,
) -> Page[Row[*Columns]]:
    """The page that the URL's `after` asks for.

    `find` selects the first rows after a place, as many as it is told. `cursor_of` says what the page after a row
    begins after. `place_of` turns that into a place again, or into None if it is not valid.
    """
    place = place_of(request.args.get("after", ""))
    chosen = db.session.execute(find(place, size + 1)).unique().all()
    return page_of(chosen, cursor_of, is_first=place is None, size=size)


def page_of(
    chosen: Sequence[Thing], cursor_of: Callable[[Thing], object], *, is_first: bool, size: int = PAGE
) -> Page[Thing]:
    """The page with the first `size` of what was chosen for it. There is a next one if more was chosen."""
    last = cursor_of(chosen[size - 1]) if len(chosen) > size else None
    return Page(
        chosen[:size],
        _with(after=last) if last is not None else None,
        None if is_first else _with(after=None),
    )
