"""The ranking: exact arithmetic on locked scorecards, with the published rules and nothing else.

A criterion's mark is the average of the locked points. The total is the weighted average in per cent of the highest
points. Below the stage's pass mark, or below a criterion's threshold, a proposal does not pass. Ties are broken by
the criteria in their published order, higher average first. Proposals that are still equal share the rank. Nothing is
rounded before the end. Neither the time of receipt nor any order that was not published decides a tie.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from typing import Generic, TypeVar

from civtech.programmes.models import HIGHEST_POINTS, Criterion

Candidate = TypeVar("Candidate")


@dataclass(frozen=True)
class Ranked(Generic[Candidate]):
    """One proposal's place: `total` in per cent, the average points by criterion id, and how many judges counted.

    `spread` is the gap between the highest and the lowest judge's total, in per cent. `tied` means a shared rank.
    """

    candidate: Candidate
    rank: int
    total: Fraction
    means: Mapping[int, Fraction]
    spread: Fraction
    tied: bool
    judges: int
    has_quorum: bool
    below: tuple[str, ...]
    passes: bool

    @property
    def rounded(self) -> float:
        """For people: one decimal."""
        return round(float(self.total), 1)


def weighted(criteria: Sequence[Criterion], points: Mapping[int, Fraction | int]) -> Fraction:
    """The total in per cent of `points` by criterion id. A criterion without points adds nothing."""
    return sum(
        (Fraction(points.get(criterion.id, 0)) * criterion.weight / HIGHEST_POINTS for criterion in criteria),
        start=Fraction(0),
    )


def rank(
    criteria: Sequence[Criterion],
    scorecards: Mapping[Candidate, Iterable[Mapping[int, int]]],
    *,
    pass_mark: int,
    quorum: int,
) -> list[Ranked[Candidate]]:
    """Rank the candidates. `scorecards` has, for each, its locked scorecards as criterion id → points."""
    unranked = []
    for candidate, given in scorecards.items():
        cards = list(given)
        means = {
            criterion.id: Fraction(sum(card[criterion.id] for card in cards), len(cards)) if cards else Fraction(0)
            for criterion in criteria
        }
        order = (weighted(criteria, means), *(means[criterion.id] for criterion in criteria))
        unranked.append((order, candidate, means, [weighted(criteria, card) for card in cards]))
    unranked.sort(key=itemgetter(0), reverse=True)

    sharing = Counter(order for order, *_rest in unranked)
    places: dict[tuple[Fraction, ...], int] = {}
    ranked: list[Ranked[Candidate]] = []
    for number, (order, candidate, means, totals) in enumerate(unranked, start=1):
        enough = len(totals) >= quorum
        below = tuple(criterion.name for criterion in criteria if means[criterion.id] < criterion.threshold)
        ranked.append(
            Ranked(
                candidate=candidate,
                rank=places.setdefault(order, number),
                total=order[0],
                means=means,
                spread=max(totals) - min(totals) if totals else Fraction(0),
                tied=sharing[order] > 1,
                judges=len(totals),
                has_quorum=enough,
                below=below,
                passes=enough and not below and order[0] >= pass_mark,
            )
        )
    return ranked
