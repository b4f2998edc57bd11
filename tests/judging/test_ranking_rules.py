"""The ranking as arithmetic: exact, independent of order, and monotonic."""

from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civtech.judging.models import Verdict, departs_from_the_ranking
from civtech.judging.panel_ranking import going_on
from civtech.judging.ranking import Ranked, Ranking, Tally, rank, weighted

pytestmark = pytest.mark.both_databases("ordering")


@dataclass(frozen=True)
class Named:
    reference: str


def criterion(number: int, weight: int, threshold: int = 0) -> SimpleNamespace:
    return SimpleNamespace(id=number, name=f"Criterion {number}", weight=weight, threshold=threshold)


@st.composite
def competitions(draw: st.DrawFn):
    """Criteria whose weights add up to 100, and up to eight candidates with up to four cards each."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), min_size=0, max_size=3)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    criteria = [criterion(number, weight, draw(st.integers(0, 5))) for number, weight in enumerate(weights, start=1)]
    card = st.fixed_dictionaries({one.id: st.integers(0, 5) for one in criteria})
    cards = draw(st.lists(st.lists(card, max_size=4), min_size=1, max_size=8))
    return criteria, {f"P{number}": given for number, given in enumerate(cards)}


def places(ranked: list[Ranked]) -> dict[str, tuple]:
    return {
        entry.candidate: (entry.rank, entry.total, entry.passes, entry.below, entry.tied, entry.spread, entry.judges)
        for entry in ranked
    }


def by_fractions(criteria, scorecards, *, pass_mark, quorum) -> list[Ranked]:
    """The rules once more, with a fraction for every score."""

    def in_per_cent(points) -> Fraction:
        return sum((Fraction(points[one.id]) * one.weight / 5 for one in criteria), start=Fraction(0))

    unranked = []
    for name, cards in scorecards.items():
        means = {
            one.id: Fraction(sum(card[one.id] for card in cards), len(cards)) if cards else Fraction(0)
            for one in criteria
        }
        order = (in_per_cent(means), *(means[one.id] for one in criteria))
        unranked.append((order, name, means, [in_per_cent(card) for card in cards]))
    unranked.sort(key=itemgetter(0), reverse=True)
    orders = [order for order, *_rest in unranked]
    return [
        Ranked(
            candidate=name,
            rank=orders.index(order) + 1,
            total=order[0],
            means=means,
            spread=max(totals) - min(totals) if totals else Fraction(0),
            tied=orders.count(order) > 1,
            judges=len(totals),
            has_quorum=len(totals) >= quorum,
            below=tuple(one.name for one in criteria if means[one.id] < one.threshold),
            passes=len(totals) >= quorum
            and all(means[one.id] >= one.threshold for one in criteria)
            and order[0] >= pass_mark,
        )
        for order, name, means, totals in unranked
    ]


@given(competitions(), st.integers(0, 100), st.integers(0, 3))
def test_integers_rank_as_fractions_do(competition, pass_mark, quorum) -> None:
    criteria, cards = competition
    expected = by_fractions(criteria, cards, pass_mark=pass_mark, quorum=quorum)
    assert rank(criteria, cards, pass_mark=pass_mark, quorum=quorum) == expected
    tallies = {name: Tally.of(criteria, given_cards) for name, given_cards in cards.items()}
    ranking = Ranking(criteria, tallies, pass_mark=pass_mark, quorum=quorum)
    assert ranking.order == [entry.candidate for entry in expected]
    assert ranking.passing == sum(entry.passes for entry in expected)
    assert ranking.short == sum(not entry.has_quorum for entry in expected)


@given(competitions(), st.randoms(use_true_random=False), st.integers(0, 100), st.integers(1, 3))
def test_the_order_of_candidates_and_of_cards_changes_nothing(competition, random, pass_mark, quorum) -> None:
    criteria, cards = competition
    first = places(rank(criteria, cards, pass_mark=pass_mark, quorum=quorum))
    names = list(cards)
    random.shuffle(names)
    shuffled = {name: random.sample(cards[name], len(cards[name])) for name in names}
    assert places(rank(criteria, shuffled, pass_mark=pass_mark, quorum=quorum)) == first


@given(competitions())
def test_who_is_equal_shares_the_rank_and_who_is_better_stands_before(competition) -> None:
    criteria, cards = competition
    ranked = rank(criteria, cards, pass_mark=0, quorum=1)
    keys = [(entry.total, *(entry.means[one.id] for one in criteria)) for entry in ranked]
    assert keys == sorted(keys, reverse=True)
    for entry, key in zip(ranked, keys, strict=True):
        assert entry.rank == 1 + sum(other > key for other in keys)
        assert entry.tied == (keys.count(key) > 1)


@given(competitions())
def test_the_total_is_the_weighted_mean_in_per_cent(competition) -> None:
    criteria, cards = competition
    for entry in rank(criteria, cards, pass_mark=0, quorum=1):
        given_cards = cards[entry.candidate]
        totals = [sum(Fraction(card[one.id] * one.weight, 5) for one in criteria) for card in given_cards]
        assert entry.total == (sum(totals) / len(totals) if totals else 0)
        assert 0 <= entry.total <= 100
        assert entry.spread == (max(totals) - min(totals) if totals else 0)


@given(competitions(), st.data())
def test_a_point_more_never_ranks_worse(competition, data) -> None:
    criteria, cards = competition
    scored = [name for name, given_cards in cards.items() if given_cards]
    if not scored:
        return
    name = data.draw(st.sampled_from(scored))
    number = data.draw(st.integers(0, len(cards[name]) - 1))
    one = data.draw(st.sampled_from(criteria))
    before = {entry.candidate: entry for entry in rank(criteria, cards, pass_mark=50, quorum=1)}[name]
    better = [dict(card) for card in cards[name]]
    better[number][one.id] = min(5, better[number][one.id] + 1)
    after = {entry.candidate: entry for entry in rank(criteria, cards | {name: better}, pass_mark=50, quorum=1)}[name]
    assert after.rank <= before.rank
    assert after.total >= before.total
    assert after.passes or not before.passes


def test_thresholds_are_exact() -> None:
    criteria = [criterion(1, 60, threshold=3), criterion(2, 40)]
    cards = {"below": [{1: 3, 2: 5}, {1: 3, 2: 5}, {1: 2, 2: 5}], "at": [{1: 3, 2: 5}, {1: 3, 2: 5}, {1: 3, 2: 5}]}
    ranked = {entry.candidate: entry for entry in rank(criteria, cards, pass_mark=0, quorum=2)}
    assert (ranked["below"].below, ranked["below"].passes) == (("Criterion 1",), False)
    assert ranked["below"].means[1] == Fraction(8, 3)
    assert (ranked["at"].below, ranked["at"].passes) == ((), True)


def test_the_pass_mark_is_exact_where_floating_point_is_not() -> None:
    criteria = [criterion(1, 33), criterion(2, 33), criterion(3, 34)]
    cards = {"P": [{1: 3, 2: 3, 3: 3}, {1: 3, 2: 3, 3: 3}, {1: 3, 2: 3, 3: 3}]}
    assert rank(criteria, cards, pass_mark=60, quorum=1)[0].passes
    assert not rank(criteria, cards, pass_mark=61, quorum=1)[0].passes


def test_weights_decide_and_ties_go_to_the_first_criterion() -> None:
    criteria = [criterion(1, 50), criterion(2, 50)]
    ranked = rank(criteria, {"second": [{1: 1, 2: 4}], "first": [{1: 4, 2: 1}]}, pass_mark=0, quorum=1)
    assert [(entry.candidate, entry.rank, entry.tied) for entry in ranked] == [
        ("first", 1, False),
        ("second", 2, False),
    ]
    heavy = [criterion(1, 40), criterion(2, 60)]
    ranked = rank(heavy, {"second": [{1: 1, 2: 4}], "first": [{1: 4, 2: 1}]}, pass_mark=0, quorum=1)
    assert [entry.candidate for entry in ranked] == ["second", "first"]


def test_without_a_quorum_nobody_passes() -> None:
    ranked = rank([criterion(1, 100)], {"one": [{1: 5}], "none": []}, pass_mark=0, quorum=2)
    assert [(entry.candidate, entry.passes, entry.has_quorum, entry.judges) for entry in ranked] == [
        ("one", False, False, 1),
        ("none", False, False, 0),
    ]


def test_points_so_far_count_as_far_as_they_go() -> None:
    criteria = [criterion(1, 40), criterion(2, 60)]
    assert weighted(criteria, {}) == 0
    assert weighted(criteria, {1: 5}) == 40
    assert weighted(criteria, {1: 4, 2: 3}) == 68


def named(*points: int) -> list[Ranked]:
    cards = {Named(f"P{number}"): [{1: mark}] for number, mark in enumerate(points)}
    return rank([criterion(1, 100)], cards, pass_mark=40, quorum=1)


def test_the_best_that_pass_are_suggested_and_a_tie_that_does_not_fit_is_left_to_people() -> None:
    assert going_on(named(5, 4, 3, 1), places=2) == {"P0", "P1"}
    assert going_on(named(5, 4, 3, 1), places=6) == {"P0", "P1", "P2"}
    assert going_on(named(5, 4, 4, 1), places=2) == {"P0"}
    assert going_on(named(4, 4, 4), places=2) == set()
    assert going_on(named(5, 1), places=None) == {"P0"}
    assert going_on([], places=2) == set()


def verdict(rank_: int, *, goes_on: bool, passes: bool = True) -> Verdict:
    return Verdict(None, rank=rank_, total=5000, goes_on=goes_on, feedback="Yes.", passes=passes)  # type: ignore[arg-type]


def test_what_departs_from_the_ranking() -> None:
    best, second = verdict(1, goes_on=True), verdict(2, goes_on=True)
    assert not departs_from_the_ranking([best, second], places=2)
    assert not departs_from_the_ranking([best, verdict(2, goes_on=False)], places=1)
    assert not departs_from_the_ranking([best, verdict(2, goes_on=False, passes=False)], places=2)
    assert departs_from_the_ranking([best, verdict(2, goes_on=False)], places=2)
    assert departs_from_the_ranking([verdict(1, goes_on=False), second], places=1)
    assert departs_from_the_ranking([verdict(1, goes_on=True, passes=False)], places=2)
    assert departs_from_the_ranking([best, verdict(1, goes_on=False)], places=1)
    assert departs_from_the_ranking([verdict(1, goes_on=False)], places=1)
    assert not departs_from_the_ranking([verdict(1, goes_on=False, passes=False)], places=1)
