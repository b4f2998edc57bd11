"""What opening or closing a round binds, fact by fact."""

from collections.abc import Callable, Iterable, Iterator

from civtech.core.facts import Amount, Fact, Value
from civtech.core.text import N_, Text
from civtech.programmes.models.round import Round
from civtech.programmes.models.stage import Stage

Kept = Callable[[Round], Iterable[Fact]]

_kept: list[Kept] = []


def closes_with_it(function: Kept) -> Kept:
    """Register a function `(round)` of a later package: it yields the facts of what closing the round makes final."""
    _kept.append(function)
    return function


def opened(prepared: Round) -> Iterator[Fact]:
    """Yield what opening a round fixes: the figures and criteria of each stage."""
    yield Fact("round", Text(N_("Round")), prepared.name)
    for stage in prepared.stages:
        yield from _figures(stage)
        for criterion in stage.criteria:
            label = Text(N_("%(stage)s, criterion %(number)s"), {"stage": stage.name, "number": criterion.position})
            words = Text(
                N_("%(name)s: %(description)s Weight %(weight)s%%, minimum %(threshold)s."),
                {
                    "name": criterion.name,
                    "description": criterion.description,
                    "weight": criterion.weight,
                    "threshold": criterion.threshold,
                },
            )
            yield Fact(f"{stage.key}_criterion_{criterion.position}", label, words)


def _figures(stage: Stage) -> Iterator[Fact]:
    figures: dict[str, tuple[str, Value | None]] = {
        "teams": (N_("%(stage)s: maximum number of teams"), stage.teams),
        "amount": (N_("%(stage)s: amount for each team"), _amount(stage)),
        "weeks": (N_("%(stage)s: length in weeks"), stage.weeks),
        "quorum": (N_("%(stage)s: judges needed for each proposal"), stage.quorum if stage.criteria else None),
        "pass_mark": (N_("%(stage)s: pass mark"), stage.pass_mark if stage.criteria else None),
    }
    for key, (label, value) in figures.items():
        if value is not None:
            yield Fact(f"{stage.key}_{key}", Text(label, {"stage": stage.name}), value)


def _amount(stage: Stage) -> Text | None:
    if stage.amount_pence is None:
        return None
    words = N_("up to %(amount)s, %(basis)s") if stage.amount_is_ceiling else N_("%(amount)s, %(basis)s")
    basis = Text(stage.vat_basis.label.message)
    return Text(words, {"amount": Amount(stage.amount_pence, stage.currency, ex_vat=False), "basis": basis})


def closed(finished: Round) -> Iterator[Fact]:
    """Yield what closing a round makes final."""
    yield Fact("round", Text(N_("Round")), finished.name)
    for kept in _kept:
        yield from kept(finished)
