"""The ranking of a panel from its currently locked scorecards, and the feedback they suggest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from civtech.core.db import NamedRow, db
from civtech.judging import queries
from civtech.judging.models import Panel
from civtech.judging.ranking import Ranked, rank
from civtech.programmes.models import Criterion


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

    judge: str = ""
    points: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)


def _candidates(rows: Iterable[NamedRow]) -> list[Candidate]:
    by_id: dict[int, Candidate] = {}
    cards: dict[int, dict[int, Card]] = {}
    for row in rows:
        if row.id not in by_id:
            cards[row.id] = {}
            by_id[row.id] = Candidate(row.id, row.reference, row.title, row.applicant, cards[row.id])
        if row.card is not None and row.points is not None:
            card = cards[row.id].setdefault(row.card, Card(getattr(row, "judge", "")))
            card.points[row.criterion_id] = row.points
            card.reasons[row.criterion_id] = getattr(row, "reason", "")
    return list(by_id.values())


def _ranked(panel: Panel, candidates: Sequence[Candidate]) -> list[Ranked[Candidate]]:
    scorecards = {candidate: [card.points for card in candidate.cards.values()] for candidate in candidates}
    return rank(panel.stage.criteria, scorecards, pass_mark=panel.stage.pass_mark, quorum=panel.stage.quorum)


def ranking(panel: Panel) -> list[Ranked[Candidate]]:
    """The ranking, without reasons and names of judges."""
    return _ranked(panel, _candidates(db.session.execute(queries.locked_points(panel))))


def ranking_with_reasons(panel: Panel) -> list[Ranked[Candidate]]:
    """The ranking with each judge's name and reasons, for the people who decide."""
    return _ranked(panel, _candidates(db.session.execute(queries.locked_reasons(panel))))


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
        mean = f"{float(entry.means[criterion.id]):.1f}"
        parts.append("\n".join([f"{criterion.name} ({mean} / 5)", *reasons]))
    return "\n\n".join(parts)
