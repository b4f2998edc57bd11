"""Who may. A predicate `(actor, subject) -> bool` whose docstring is the rule in one sentence of English."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any


class Proof(IntEnum):
    """How sure we must be of who it is before the act; each includes the ones above it."""

    SESSION = 1
    """Signed in. Only for what leads to a better proof."""
    OWN = 2
    """With everything the person has set up: one with a second factor has given it in this session."""
    DUTY = 3
    """With a second factor, if the person's duties ask for one."""


@dataclass(frozen=True)
class Policy:
    """A named rule. Calling it answers whether `actor` may do it to `subject` (or at all, without one).

    `proof` says how sure we must be of who it is, `fresh` that it was proved a short while ago, for what is hard to
    take back; the gate asks for both before the act, buttons do not. `because` is what to say to those it refuses.
    """

    name: str
    sentence: str
    allows: Callable[..., bool]
    proof: Proof = Proof.DUTY
    fresh: bool = False
    because: Callable[..., Any] | None = None

    def __call__(self, actor: Any, subject: Any = None) -> bool:
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


def explained(because: Callable[..., Any]) -> Callable[[Policy], Policy]:
    """Declare what to say to someone the rule refuses: a function `(actor, subject)` that returns a `Text` or None."""

    def declare(rule: Policy) -> Policy:
        POLICIES[rule.name] = replace(rule, because=because)
        return POLICIES[rule.name]

    return declare


def asks(proof: Proof = Proof.DUTY, *, fresh: bool = False) -> Callable[[Policy], Policy]:
    """Declare that an act asks for another proof than `Proof.DUTY`, or for a fresh one."""

    def declare(rule: Policy) -> Policy:
        POLICIES[rule.name] = replace(rule, proof=proof, fresh=fresh)
        return POLICIES[rule.name]

    return declare
