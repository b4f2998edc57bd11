"""The ranking: exact arithmetic on locked scorecards, with the published rules and nothing else.

A criterion's mark is the average of the locked points. The total is the weighted average in per cent of the highest
points. Below the stage's pass mark, or below a criterion's threshold, a proposal does not pass. Ties are broken by
the criteria in their published order, higher average first. Proposals that are still equal share the rank. Nothing is
rounded before the end. Neither the time of receipt nor any order that was not published decides a tie.

What is compared are integers: sums of points, brought to one common number of judges.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import itemgetter, mul
from typing import Generic, NamedTuple, TypeVar

from civtech.programmes.models import HIGHEST_POINTS, Criterion

Candidate = TypeVar("Candidate")
Key = TypeVar("Key")


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


class Tally(NamedTuple):
    """What the locked scorecards of one candidate add up to: the points for each criterion, in the published order."""

    judges: int
    points: tuple[int, ...]

    @classmethod
    def of(cls, criteria: Sequence[Criterion], cards: Sequence[Mapping[int, int]]) -> "Tally":
        """The tally of scorecards as criterion id → points."""
        return cls(len(cards), tuple(sum(card[criterion.id] for card in cards) for criterion in criteria))


class Ranking(Generic[Key]):
    """All candidates, best first. Only the counts read every one of them; `entry` describes one."""

    def __init__(
        self, criteria: Sequence[Criterion], tallies: Mapping[Key, Tally], *, pass_mark: int, quorum: int
    ) -> None:
        self._criteria, self._tallies = criteria, tallies
        self._pass_mark, self._quorum = pass_mark, quorum
        self._weights = [criterion.weight for criterion in criteria]
        self._thresholds = [(place, each.threshold) for place, each in enumerate(criteria) if each.threshold]
        common = lcm(*{tally.judges or 1 for tally in tallies.values()})
        ordered = sorted(
            ((self._place(tally, -common // (tally.judges or 1)), key) for key, tally in tallies.items()),
            key=itemgetter(0),
        )
        self._places = [place for place, _key in ordered]
        self.order = [key for _place, key in ordered]

    def _place(self, tally: Tally, factor: int) -> tuple[int, ...]:
        """What the order compares. `factor` is negative, so that the best comes first."""
        points = [each * factor for each in tally.points]
        return (sum(map(mul, points, self._weights)), *points)

    def _passes(self, tally: Tally) -> bool:
        judges, points = tally
        return (
            judges >= self._quorum
            and sum(map(mul, points, self._weights)) >= self._pass_mark * HIGHEST_POINTS * (judges or 1)
            and all(points[place] >= threshold * (judges or 1) for place, threshold in self._thresholds)
        )

    @property
    def passing(self) -> int:
        """How many candidates pass."""
        return sum(map(self._passes, self._tallies.values()))

    @property
    def short(self) -> int:
        """How many candidates have too few locked scorecards."""
        return sum(tally.judges < self._quorum for tally in self._tallies.values())

    def entry(self, number: int, candidate: Candidate, cards: Iterable[Mapping[int, int]]) -> Ranked[Candidate]:
        """The candidate at this place of `order`, counted from 0, with its locked scorecards."""
        tally = self._tallies[self.order[number]]
        means = [Fraction(points, tally.judges or 1) for points in tally.points]
        first = bisect_left(self._places, self._places[number])
        totals = [weighted(self._criteria, card) for card in cards]
        return Ranked(
            candidate=candidate,
            rank=first + 1,
            total=Fraction(sum(map(mul, tally.points, self._weights)), HIGHEST_POINTS * (tally.judges or 1)),
            means={criterion.id: mean for criterion, mean in zip(self._criteria, means, strict=True)},
            spread=max(totals) - min(totals) if totals else Fraction(0),
            tied=bisect_right(self._places, self._places[number], lo=first) - first > 1,
            judges=tally.judges,
            has_quorum=tally.judges >= self._quorum,
            below=tuple(
                criterion.name
                for criterion, mean in zip(self._criteria, means, strict=True)
                if mean < criterion.threshold
            ),
            passes=self._passes(tally),
        )


def weighted(criteria: Sequence[Criterion], points: Mapping[int, int]) -> Fraction:
    """The total in per cent of `points` by criterion id. A criterion without points adds nothing."""
    return Fraction(sum(points.get(criterion.id, 0) * criterion.weight for criterion in criteria), HIGHEST_POINTS)


def rank(
    criteria: Sequence[Criterion],
    scorecards: Mapping[Candidate, Sequence[Mapping[int, int]]],
    *,
    pass_mark: int,
    quorum: int,
) -> list[Ranked[Candidate]]:
    """Rank the candidates. `scorecards` has, for each, its locked scorecards as criterion id → points."""
    tallies = {candidate: Tally.of(criteria, cards) for candidate, cards in scorecards.items()}
    ranking = Ranking(criteria, tallies, pass_mark=pass_mark, quorum=quorum)
    return [ranking.entry(number, each, scorecards[each]) for number, each in enumerate(ranking.order)]
