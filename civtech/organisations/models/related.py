"""Which organisations probably belong together: by number, by name, or because the same person acts for both.

None of this is certain: people decide what it means. Rules that forbid something never ask it.
"""

from sqlalchemy import Index, text

from civtech.organisations.models.kinds import IdentifierScheme

SHORTEST = 6
"""How many letters the keys of two names need in common before one of them can be the start of the other."""

NAMES = ("name_key", "trading_key")


def number_in_sql(organisation: str) -> str:
    """SQL: a register and a number in it, without the signs and zeros that people write differently.

    Of a British VAT number only the nine digits that a group of companies shares count.
    """
    plain = f"upper({organisation}identifier_number)"
    for sign in (" ", "-", ".", "/"):
        plain = f"replace({plain}, '{sign}', '')"
    british = f"{organisation}identifier_scheme = '{IdentifierScheme.VAT}' AND substr({plain}, 1, 2) IN ('GB', 'XI')"
    number = f"CASE WHEN {british} THEN substr({plain}, 3, 9) ELSE ltrim({plain}, '0') END"
    return f"({organisation}identifier_scheme || ' ' || {number})"


def _stem(key: str) -> str:
    return f"substr({key}, 1, {SHORTEST})"


def indexes() -> tuple[Index, ...]:
    """The indexes of `organisation` with which queries find the other one."""
    return (
        Index("ix_organisation_number", text(number_in_sql(""))),
        *(Index(f"ix_organisation_stem_of_{key}", text(_stem(key))) for key in NAMES),
    )


def same_number_in_sql(one: str, other: str) -> str:
    """SQL: whether two organisations have the same registration number."""
    return f"{number_in_sql(f'{other}.')} = {number_in_sql(f'{one}.')}"


def like_names_in_sql(one: str, other: str) -> str:
    """SQL: whether the name of one organisation, not of a person, begins the name of the other."""
    return (
        f"{one}.kind <> 'individual' AND {other}.kind <> 'individual' AND ("
        + " OR ".join(
            f"({_stem(theirs)} = {_stem(mine)} AND length({mine}) >= {SHORTEST} AND length({theirs}) >= {SHORTEST} "
            f"AND ({theirs} = substr({mine}, 1, length({theirs})) OR {mine} = substr({theirs}, 1, length({mine}))))"
            for mine in (f"{one}.{key}" for key in NAMES)
            for theirs in (f"{other}.{key}" for key in NAMES)
        )
        + ")"
    )
