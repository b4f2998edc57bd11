"""Which organisations probably belong together: by number, by name, or because the same person acts for both.

None of this is certain: people decide what it means. Rules that forbid something never ask it.
"""

from sqlalchemy.orm import Mapped

from civtech.core.db import derived
from civtech.organisations.models.kinds import IdentifierScheme
from civtech.organisations.models.numbering import ONE_PER_NUMBER

SHORTEST = 6
"""How many letters the keys of two names need in common before one of them can be the start of the other."""

NAMES = {"name_key": "name_stem", "trading_key": "trading_stem"}
"""The keys of an organisation's names, each with the column for its beginning."""


def _number() -> str:
    """SQL: a register and a number in it, without the signs and zeros that people write differently.

    NULL, which equals nothing, in a register whose offices give out the same numbers. Of a British VAT number only the
    nine digits that a group of companies shares count.
    """
    plain = "upper(identifier_number)"
    for sign in (" ", "-", ".", "/"):
        plain = f"replace({plain}, '{sign}', '')"
    british = f"identifier_scheme = '{IdentifierScheme.VAT}' AND substr({plain}, 1, 2) IN ('GB', 'XI')"
    one = f"identifier_scheme || ' ' || CASE WHEN {british} THEN substr({plain}, 3, 9) ELSE ltrim({plain}, '0') END"
    return f"CASE WHEN {ONE_PER_NUMBER} THEN {one} END"


class Related:
    """What an organisation has in common with others that probably belong to it. The database fills it in."""

    number_key: Mapped[str | None] = derived(_number())
    name_stem: Mapped[str | None] = derived(f"substr(name_key, 1, {SHORTEST})")
    trading_stem: Mapped[str | None] = derived(f"substr(trading_key, 1, {SHORTEST})")


def same_number_in_sql(one: str, other: str) -> str:
    """SQL: whether two organisations have the same registration number."""
    return f"{other}.number_key = {one}.number_key"


def names_in_sql(one: str, other: str) -> str:
    """SQL: the names by which two organisations are compared, to see later whether they are still the same."""
    keys = [f"COALESCE({organisation}.{key}, '')" for organisation in (one, other) for key in NAMES]
    return " || '/' || ".join(keys)


def like_names_in_sql(one: str, other: str) -> str:
    """SQL: whether the name of one organisation, not of a person, begins the name of the other."""
    return (
        f"{one}.kind <> 'individual' AND {other}.kind <> 'individual' AND ("
        + " OR ".join(
            f"({other}.{their_stem} = {one}.{my_stem} "
            f"AND length({mine}) >= {SHORTEST} AND length({theirs}) >= {SHORTEST} "
            f"AND ({theirs} = substr({mine}, 1, length({theirs})) OR {mine} = substr({theirs}, 1, length({mine}))))"
            for mine, my_stem in ((f"{one}.{key}", stem) for key, stem in NAMES.items())
            for theirs, their_stem in ((f"{other}.{key}", stem) for key, stem in NAMES.items())
        )
        + ")"
    )
