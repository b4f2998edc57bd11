"""The site's navigation: each package adds its own entries and decides who sees them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from civtech.core.text import Text

if TYPE_CHECKING:
    from civtech.people.models import User


@dataclass(frozen=True)
class Entry:
    """One link in the navigation."""

    text: Text
    url: str
    current: bool
    method: str = "get"


@dataclass(frozen=True)
class _Declared:
    where: str
    order: int
    text: Text
    endpoint: str
    shown_to: "Callable[[User], bool]"
    method: str
    values: Callable[[], Mapping[str, Any]]


_declared: list[_Declared] = []


def navigate(
    where: str,
    text: str,
    endpoint: str,
    *,
    order: int,
    shown_to: "Callable[[User], bool]" = lambda _actor: True,
    method: str = "get",
    values: Callable[[], Mapping[str, Any]] = dict,
) -> None:
    """Add a link to `main`, `account` or `footer`. With the method `post`, it becomes a button.

    `values` returns the values for the link's address on the current page.
    """
    _declared.append(_Declared(where, order, Text(text), endpoint, shown_to, method, values))
    _declared.sort(key=lambda entry: entry.order)


def entries(where: str, actor: "User") -> list[Entry]:
    """The links that this actor sees in one of these places."""
    here = request.endpoint
    return [
        Entry(each.text, url_for(each.endpoint, **each.values()), here == each.endpoint, each.method)
        for each in _declared
        if each.where == where and each.shown_to(actor)
    ]
