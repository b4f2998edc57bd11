"""Permissions. A rule is a predicate `(actor, subject) -> bool` whose docstring states it in plain English."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Protocol

from civtech.core.text import Text


class Proof(IntEnum):
    """How sure we must be of a person's identity before an action. Each level includes the ones above it."""

    SESSION = 1
    """Signed in. Only for actions that lead to a better proof."""
    OWN = 2
    """Everything the person has set up: a second factor, if they have one, was given in this session."""
    DUTY = 3
    """A second factor, if the person's duties require one."""


class Actor(Protocol):
    """What every rule asks first of the person who acts."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_confirmed(self) -> bool: ...


@dataclass(frozen=True)
class Policy:
    """A named rule. Calling it tells whether `actor` may do this, to `subject` if there is one.

    `proof` is how sure we must be of the person's identity. `fresh` requires a recent proof, for actions that are hard
    to undo. The gate checks both before the action; buttons do not. `because` gives the text for people it refuses.
    """

    name: str
    sentence: str
    allows: Callable[..., bool]
    proof: Proof = Proof.DUTY
    fresh: bool = False
    because: Callable[..., Text | None] | None = None

    def __call__(self, actor: Actor, subject: object = None) -> bool:
        if not actor.is_authenticated or not actor.is_confirmed:
            return False
        return self.allows(actor) if subject is None else self.allows(actor, subject)


POLICIES: dict[str, Policy] = {}


def policy(predicate: Callable[..., bool]) -> Policy:
    """Register `predicate` as the rule `<package>.<function>`; visitors and the unconfirmed are always refused."""
    package = predicate.__module__.removeprefix("civtech.").removesuffix(".policy")
    name = f"{package}.{predicate.__name__}"
    if not predicate.__doc__:
        raise TypeError(f"The policy {name} needs its rule in one sentence as docstring.")
    if name in POLICIES:
        raise TypeError(f"The policy {name} is declared twice.")
    POLICIES[name] = Policy(name, predicate.__doc__.strip(), predicate)
    return POLICIES[name]


def explained(because: Callable[..., Text | None]) -> Callable[[Policy], Policy]:
    """Declare what to tell people the rule refuses: a function `(actor, subject)` that returns a `Text` or None."""

    def declare(rule: Policy) -> Policy:
        POLICIES[rule.name] = replace(rule, because=because)
        return POLICIES[rule.name]

    return declare


def asks(proof: Proof = Proof.DUTY, *, fresh: bool = False) -> Callable[[Policy], Policy]:
    """Declare that an action needs a proof other than `Proof.DUTY`, or a fresh one."""

    def declare(rule: Policy) -> Policy:
        POLICIES[rule.name] = replace(rule, proof=proof, fresh=fresh)
        return POLICIES[rule.name]

    return declare
