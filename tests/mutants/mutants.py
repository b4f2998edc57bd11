"""Every rule that can be taken away: policies, the policy of one view, and queries that ask who reads."""

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from types import FunctionType
from typing import Any, get_origin

from flask import Flask
from sqlalchemy import Boolean, ColumnElement, Select, false, select, true

from civtech.core.policy import POLICIES, Policy
from civtech.people.models import User
from tests.mutants.swapping import Call, asking, deciding, instead

ENVIRONMENT = "CIVTECH_MUTANT"
WIDER: dict[type, tuple[str, ...]] = {
    Select: ("without its conditions",),
    ColumnElement: ("always true", "always false"),
    bool: ("always true", "always false"),
}
YES_OR_NO = ("policy", "queries", "conflict", "grants")
"""Where functions that answer yes or no are rules of who may."""


@dataclass(frozen=True)
class Mutant:
    """A change of one rule, or of the rule of one view only, the one behind `endpoint`; `put` makes it."""

    name: str
    rule: str
    put: Callable[[], AbstractContextManager[None]]
    endpoint: str | None = None

    @property
    def package(self) -> str:
        """The part of the platform it belongs to."""
        return self.rule.partition(".")[0].partition(" ")[0]


def all_mutants(app: Flask) -> list[Mutant]:
    """Every mutant there is, in the order of the packages."""
    return [*_of_policies(), *_of_views(app), *_of_queries()]


def rules(app: Flask) -> dict[str, Callable[[Callable[[Call], Call]], AbstractContextManager[None]]]:
    """Every rule by its name, and how to put another in its place."""
    found: dict[str, Any] = {name: partial(deciding, rule) for name, rule in POLICIES.items()}
    found |= {_name(query): partial(instead, query) for query, _kind in queries()}
    return found


def _allow(_rule: Call) -> Call:
    return lambda *_asked: True


def _of_policies() -> Iterator[Mutant]:
    for name, rule in POLICIES.items():
        if not allows_everybody(rule):
            yield Mutant(f"{name} allows everybody", name, partial(deciding, rule, _allow))


def _of_views(app: Flask) -> Iterator[Mutant]:
    for endpoint, view in sorted(app.view_functions.items()):
        grant = getattr(view, "grant", None)
        if grant is None or grant.policy is None or allows_everybody(grant.policy):
            continue
        anybody = Policy("anybody", "Anyone.", lambda *_asked: True, grant.policy.proof, grant.policy.fresh)
        change = partial(asking, view, anybody)
        yield Mutant(f"{endpoint} permits everybody", grant.policy.name, change, endpoint)


def allows_everybody(rule: Policy) -> bool:
    """Whether the rule is `return True`: then whoever is signed in may, and nothing is taken away."""
    body = ast.parse(textwrap.dedent(inspect.getsource(rule.allows))).body[0].body  # type: ignore[attr-defined]
    last = body[-1]
    return len(body) == 2 and isinstance(last, ast.Return) and getattr(last.value, "value", None) is True


def queries() -> Iterator[tuple[FunctionType, type]]:
    """Functions that take a person and answer with a query, a condition or a yes; policies are not among them."""
    policies = {id(rule.allows) for rule in POLICIES.values()}
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("civtech.") or name.startswith("civtech.demo"):
            continue
        for function in list(vars(module).values()):
            if isinstance(function, FunctionType) and function.__module__ == name and id(function) not in policies:
                kind = _answers(function)
                if kind is not None and _asks_who(function):
                    yield function, kind


def _asks_who(function: FunctionType) -> bool:
    annotations = {name: kind for name, kind in function.__annotations__.items() if name != "return"}
    return any(kind in (User, "User") for kind in annotations.values())


def _answers(function: FunctionType) -> type | None:
    kind = function.__annotations__.get("return")
    found = get_origin(kind) or kind
    if found is bool and not any(word in function.__module__.split(".") for word in YES_OR_NO):
        return None
    return found if found in WIDER else None  # type: ignore[return-value]


def _name(function: FunctionType) -> str:
    return f"{function.__module__.removeprefix('civtech.')}.{function.__name__}"


def _of_queries() -> Iterator[Mutant]:
    for function, kind in queries():
        for how in WIDER[kind]:
            yield Mutant(
                f"{_name(function)} {how}", _name(function), partial(instead, function, partial(_changed, how))
            )


def _changed(how: str, original: Call) -> Call:
    def answer(*args: Any, **named: Any) -> Any:
        given = original(*args, **named)
        if (
            isinstance(given, Select)
            and not given._where_criteria
            and isinstance(given.selected_columns[0].type, Boolean)
        ):
            return select(true())
        if isinstance(given, Select):
            wider = given._generate()
            wider._where_criteria = ()
            return wider
        yes = how == "always true"
        return yes if isinstance(given, bool) else true() if yes else false()

    return answer
