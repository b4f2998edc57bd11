"""Organisations with similar names: one entered twice, or one posing as another."""

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.models.kinds import OrganisationKind
from civtech.organisations.models.name_keys import key_of
from civtech.organisations.models.organisation import Organisation

LIKE_ENOUGH = 88
MOST = 5


def like(*names: str | None, but: Organisation | None = None) -> list[int]:
    """The ids of up to five companies and public bodies with a name like one of `names`, most similar first.

    People with an idea are left out: that they are here under their own name is private.
    """
    best_scores: dict[int, float] = {}
    for key in {key_of(name) for name in names if name} - {""}:
        for identity, score in _scores(key, but):
            best_scores[identity] = max(score, best_scores.get(identity, 0))
    return sorted(best_scores, key=lambda identity: (-best_scores[identity], identity))[:MOST]


def refuse_unless_another(*names: str | None, but: Organisation | None = None, is_another: bool) -> None:
    """Ask once if an organisation with a similar name is meant. Reveals only that there is one."""
    if not is_another and like(*names, but=but):
        raise RuleViolation(
            N_(
                "There is already an organisation with a similar name. If it is yours, ask its owner to "
                "invite you. If it is a different organisation, tell us below."
            ),
            field="is_another",
        )


def _scores(key: str, but: Organisation | None) -> list[tuple[int, float]]:
    """Organisations with a key similar to `key`, and a score out of 100. Too short or long keys are not fetched."""
    near = (_near(Organisation.name_key, key), _near(Organisation.trading_key, key))
    query = select(Organisation.id, Organisation.name_key, Organisation.trading_key).where(
        or_(*near), Organisation.kind != OrganisationKind.INDIVIDUAL
    )
    if but is not None:
        query = query.where(Organisation.id != but.id)
    with db.session.no_autoflush:
        rows = db.session.execute(query).all()
    owned_keys = [(identity, other) for identity, *keys in rows for other in keys if other]
    alike = process.extract(
        key, [other for _identity, other in owned_keys], scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=MOST * 2
    )
    return [(owned_keys[index][0], score) for _other, score, index in alike]


def _near(column: InstrumentedAttribute[str | None], key: str) -> ColumnElement[bool]:
    """Whether a key's length allows enough similarity: two keys have no more in common than the shorter one."""
    shortest = len(key) * LIKE_ENOUGH / (200 - LIKE_ENOUGH)
    longest = len(key) * (200 - LIKE_ENOUGH) / LIKE_ENOUGH
    return func.length(column).between(int(shortest), int(longest) + 1)
