"""The register's arithmetic: plain sums from the ledger, in pence excluding VAT. Each is in one currency."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from civtech.core.alphabet import folded
from civtech.core.db import NamedRow
from civtech.funding.models import AccountKind
from civtech.programmes.models import Stage
from civtech.web.display import money, programme_currency
from civtech.web.translation import gettext

PASSED = {AccountKind.BUDGET: 0, AccountKind.COMMITTED: 1, AccountKind.RELEASED: 2, AccountKind.PAID: 3}
"""How many figures a balance has passed through before its own."""


@dataclass
class Sum:
    """Money of one stage, round or sponsor. Each figure is part of the one before; `small` is part of `released`."""

    name: str
    currency: str
    budget: int = 0
    committed: int = 0
    released: int = 0
    paid: int = 0
    small: int = 0

    def add(self, kind: AccountKind, pence: int, *, small: bool) -> None:
        """Add a balance to its own figure and to every figure it has passed through."""
        passed = PASSED[kind]
        self.budget += pence
        if passed >= 1:
            self.committed += pence
        if passed >= 2:
            self.released += pence
            self.small += pence if small else 0
        if passed >= 3:
            self.paid += pence

    @property
    def share(self) -> float | None:
        """The share of released money that went to small and medium-sized companies, or None if none was released."""
        return self.small / self.released if self.released else None


@dataclass(frozen=True)
class Sums:
    """All money together, and by stage, round and sponsor: a sum for each currency, as they cannot be added."""

    wholes: list[Sum]
    by_stage: list[Sum]
    by_round: list[Sum]
    by_sponsor: list[Sum]


def add_up(rows: Iterable[NamedRow]) -> Sums:
    """Add up the rows of `queries.money`. Without rows, nothing is in the programme's currency."""
    wholes: dict[str, Sum] = {}
    groups: dict[str, dict[tuple[str, str], Sum]] = {"stage": {}, "round": {}, "sponsor": {}}
    positions: dict[str, int] = {}
    for row in rows:
        positions.setdefault(row.stage, row.position)
        whole = wholes.setdefault(row.currency, Sum("", row.currency))
        whole.add(row.kind, row.pence, small=row.small)
        for group, sums in groups.items():
            key = getattr(row, group), row.currency
            sums.setdefault(key, Sum(*key)).add(row.kind, row.pence, small=row.small)
    return Sums(
        sorted(wholes.values(), key=lambda whole: whole.currency) or [Sum("", programme_currency())],
        sorted(groups["stage"].values(), key=lambda entry: (positions[entry.name], entry.name, entry.currency)),
        list(groups["round"].values()),
        sorted(groups["sponsor"].values(), key=lambda entry: (entry.currency, -entry.released, folded(entry.name))),
    )


@dataclass(frozen=True)
class Step:
    """A stage on the narrowing line, with the names that `components/path.html` uses."""

    name: str
    teams: int | None
    amount_pence: int | None
    currency: str
    summary: str | None


def steps(stages: Sequence[Stage]) -> list[Step]:
    """Return the stages of a round as a narrowing line."""
    return [Step(stage.name, stage.teams, stage.amount_pence, stage.currency, _summary(stage)) for stage in stages]


def _summary(stage: Stage) -> str | None:
    if stage.amount_pence and stage.amount_is_ceiling:
        return str(gettext("up to %(amount)s", amount=money(stage.amount_pence, stage.currency)))
    if stage.teams is None and not stage.is_funded:
        return str(gettext("all proposals are read"))
    return None
