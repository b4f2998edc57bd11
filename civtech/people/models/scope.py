"""What a programme role applies to.

This module only has the vocabulary: rounds and challenges know for themselves where they belong.
"""

from dataclasses import dataclass
from typing import Protocol

from civtech.core.state import State
from civtech.core.text import N_


class ScopeKind(State):
    PROGRAMME = "programme", N_("The whole programme")
    ROUND = "round", N_("Round")
    CHALLENGE = "challenge", N_("Challenge")


@dataclass(frozen=True)
class Scope:
    """The whole programme, or the round or challenge with this reference."""

    kind: ScopeKind
    reference: str = ""


EVERYWHERE = Scope(ScopeKind.PROGRAMME)


class Scoped(Protocol):
    """Something a role can be granted for, or that belongs to such a thing."""

    @property
    def scopes(self) -> frozenset[Scope]:
        """Its own scope, and those of what it belongs to."""


@dataclass(frozen=True)
class Reach:
    """Where a person holds a role; false if nowhere."""

    scopes: frozenset[Scope] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.scopes)

    @property
    def everywhere(self) -> bool:
        """Whether the role is for the whole programme."""
        return EVERYWHERE in self.scopes

    def of(self, kind: ScopeKind) -> list[str]:
        """The references of the rounds, or challenges, the role is for."""
        return sorted(scope.reference for scope in self.scopes if scope.kind is kind)

    def covers(self, thing: Scoped) -> bool:
        """Whether the role applies to `thing`."""
        return self.everywhere or not self.scopes.isdisjoint(thing.scopes)
