"""Who may. A predicate `(actor, subject) -> bool` whose docstring is the rule in one sentence of English."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """Who is asking: a signed-in person or a visitor."""

    @property
    def is_authenticated(self) -> bool: ...

    @property
    def is_confirmed(self) -> bool: ...


@dataclass(frozen=True)
class Policy:
    """A named rule. Calling it answers whether `actor` may do it to `subject` (or at all, without one)."""

    name: str
    sentence: str
    allows: Callable[..., bool]

    @property
    def act(self) -> str:
        """What it lets one do, as a heading: `Add to company`."""
        return self.name.rpartition(".")[2].replace("_", " ").capitalize()

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
