"""Putting something else in the place of a function, a policy or a view's policy, wherever it was imported to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FunctionType
from typing import Any

from civtech.core.policy import Policy

Call = Callable[..., Any]


@contextmanager
def instead(function: FunctionType, make: Callable[[Call], Call]) -> Iterator[None]:
    """Let every caller of `function` call `make(function)`, also those who hold it under another name."""
    original = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
    original.__kwdefaults__ = function.__kwdefaults__
    name = f"_instead_of_{function.__name__}"
    function.__globals__[name] = make(original)
    stand_in: dict[str, Any] = {}
    exec(f"def stand_in(*args, **named): return {name}(*args, **named)", stand_in)
    code, defaults, named = function.__code__, function.__defaults__, function.__kwdefaults__
    function.__code__, function.__defaults__, function.__kwdefaults__ = stand_in["stand_in"].__code__, None, None
    try:
        yield
    finally:
        function.__code__, function.__defaults__, function.__kwdefaults__ = code, defaults, named
        del function.__globals__[name]


@contextmanager
def deciding(policy: Policy, make: Callable[[Call], Call]) -> Iterator[None]:
    """Let `policy` decide by `make(its rule)`."""
    rule = policy.allows
    object.__setattr__(policy, "allows", make(rule))
    try:
        yield
    finally:
        object.__setattr__(policy, "allows", rule)


@contextmanager
def asking(view: Any, policy: Policy) -> Iterator[None]:
    """Let one view ask and name another policy, as if it had been written above it."""
    cell, grant = _cell_of(view), view.grant
    asked = cell.cell_contents
    cell.cell_contents, view.grant = policy, replace(grant, policy=policy)
    try:
        yield
    finally:
        cell.cell_contents, view.grant = asked, grant


def _cell_of(view: Any) -> Any:
    """Where the function that `permit` made, under whatever was put around it, keeps its policy."""
    while "policy" not in view.__code__.co_freevars:
        view = view.__wrapped__
    return dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=True))["policy"]
