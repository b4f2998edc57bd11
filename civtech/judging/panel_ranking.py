"""The ranking of a panel from its currently locked scorecards, and the feedback they suggest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from civtech.core.db import NamedRow, Rows, db
from civtech.core.facts import Fact, Value
from civtech.core.text import N_, Text
from civtech.judging import queries
from civtech.judging.models import Panel
from civtech.judging.ranking import Ranked, Ranking, Tally, rank
from civtech.programmes.models import Criterion
from civtech.web.display import tenths


@dataclass(frozen=True)
class Candidate:
    """A proposal in the ranking: enough to name it, and its locked scorecards."""

    id: int
    reference: str
    title: str
    applicant: str
    cards: Mapping[int, "Card"] = field(compare=False)


@dataclass
class Card:
    """One locked scorecard: points by criterion id and, if requested, reasons."""

    judge: str
    points: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)


def _candidates(rows: Iterable[NamedRow]) -> dict[str, Candidate]:
    by_reference: dict[str, Candidate] = {}
    cards: dict[str, dict[int, Card]] = {}
    for row in rows:
        if row.reference not in by_reference:
            own = cards[row.reference] = {}
            by_reference[row.reference] = Candidate(row.id, row.reference, row.title, row.applicant, own)
        if row.points is not None:
            card = cards[row.reference].get(row.card)
            if card is None:
                card = cards[row.reference][row.card] = Card(row.judge)
            card.points[row.criterion_id] = row.points
            card.reasons[row.criterion_id] = row.reason
    return by_reference


def ranking(panel: Panel) -> Ranking[str]:
    """The references of all candidates, best first, from what the database adds up."""
    criteria = panel.stage.criteria
    sums = db.session.execute(queries.locked_sums(panel, *(criterion.id for criterion in criteria)))
    tallies = {reference: Tally(judges, tuple(points)) for reference, judges, *points in sums}
    return Ranking(criteria, tallies, pass_mark=panel.stage.pass_mark, quorum=panel.stage.quorum)


def part_of(ranking: Ranking[str], panel: Panel, places: range) -> list[Ranked[Candidate]]:
    """The proposals at these places, counted from 0, without reasons and names of judges."""
    return _entries(ranking, places, queries.locked_points(panel, ranking.order[places.start : places.stop]))


def part_with_reasons(ranking: Ranking[str], panel: Panel, places: range) -> list[Ranked[Candidate]]:
    """The same with each judge's name and reasons."""
    return _entries(ranking, places, queries.locked_reasons(panel, ranking.order[places.start : places.stop]))


def _entries(ranking: Ranking[str], places: range, query: Rows) -> list[Ranked[Candidate]]:
    candidates = _candidates(db.session.execute(query))
    return [
        ranking.entry(place, candidate, [card.points for card in candidate.cards.values()])
        for place in places
        if (candidate := candidates.get(ranking.order[place]))
    ]


def ranking_with_reasons(panel: Panel) -> list[Ranked[Candidate]]:
    """The whole ranking with each judge's name and reasons, for the people who decide."""
    candidates = _candidates(db.session.execute(queries.all_locked_reasons(panel))).values()
    scorecards = {candidate: [card.points for card in candidate.cards.values()] for candidate in candidates}
    return rank(panel.stage.criteria, scorecards, pass_mark=panel.stage.pass_mark, quorum=panel.stage.quorum)


def going_on(ranked: Sequence[Ranked[Candidate]], *, places: int | None) -> set[str]:
    """References of the best proposals that pass, up to the number of places. People decide a tie for the last one."""
    passing = [entry for entry in ranked if entry.passes]
    if places is None or len(passing) <= places:
        return {entry.candidate.reference for entry in passing}
    edge = passing[places].rank
    return {entry.candidate.reference for entry in passing if entry.rank < edge}


def suggested_feedback(criteria: Sequence[Criterion], entry: Ranked[Candidate]) -> str:
    """The judges' reasons by criterion, with the average. It names no one, and its order reveals nothing."""
    parts = []
    for criterion in criteria:
        reasons = sorted({card.reasons.get(criterion.id, "").strip() for card in entry.candidate.cards.values()} - {""})
        mean = tenths(entry.means[criterion.id])
        parts.append("\n".join([f"{criterion.name} ({mean} / 5)", *reasons]))
    return "\n\n".join(parts)


def decided_on(panel: Panel, ranked: Sequence[Ranked[Candidate]]) -> Iterator[Fact]:
    """Yield what a decision is proposed on: the places, each proposal's rank and total, and who did not judge."""
    if panel.places is not None:
        yield Fact("places", Text(N_("Places")), panel.places)
    unlocked = db.session.scalar(queries.unlocked(panel)) or 0
    yield Fact("unlocked", Text(N_("Scorecards that are not locked")), unlocked)
    for name, reference in db.session.execute(queries.recused(panel)):
        label = Text(N_("Recused from %(reference)s"), {"reference": reference})
        yield Fact(f"recused_{reference}_{name}", label, name)
    for entry in ranked:
        candidate, judges = entry.candidate, entry.judges
        about = {"applicant": candidate.applicant, "reference": candidate.reference}
        verdict = N_("rank %(rank)s, %(total)s%%, judges: %(judges)s, passes")
        if not entry.passes:
            verdict = N_("rank %(rank)s, %(total)s%%, judges: %(judges)s, does not pass")
        said: dict[str, Value] = {"rank": entry.rank, "total": tenths(entry.total), "judges": judges}
        yield Fact(candidate.reference, Text(N_("%(applicant)s (%(reference)s)"), about), Text(verdict, said))
