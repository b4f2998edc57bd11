"""Which organisations probably belong together: by number, by name, or because the same person acts for both.

`related_organisation` is a database view with a row for each such sign. It says nothing certain: people decide what it
means. Rules that forbid something never read it.
"""

from sqlalchemy import Index, text

from civtech.core.sql_views import part
from civtech.organisations.models.kinds import IdentifierScheme

SHORTEST = 6
"""How many letters the keys of two names need in common before one of them can be the start of the other."""

NAMES = ("name_key", "trading_key")


def number_in_sql(organisation: str) -> str:
    """SQL: a registration number without the signs and zeros that people write differently.

    Of a British VAT number only the nine digits that a group of companies shares count.
    """
    plain = f"upper({organisation}identifier_number)"
    for sign in (" ", "-", ".", "/"):
        plain = f"replace({plain}, '{sign}', '')"
    british = f"{organisation}identifier_scheme = '{IdentifierScheme.VAT}' AND substr({plain}, 1, 2) IN ('GB', 'XI')"
    return f"(CASE WHEN {british} THEN substr({plain}, 3, 9) ELSE ltrim({plain}, '0') END)"


def _stem(key: str) -> str:
    return f"substr({key}, 1, {SHORTEST})"


def indexes() -> tuple[Index, ...]:
    """The indexes of `organisation` with which the view finds the other one."""
    return (
        Index("ix_organisation_number", "identifier_scheme", text(number_in_sql(""))),
        *(Index(f"ix_organisation_stem_of_{key}", text(_stem(key))) for key in NAMES),
    )


part(
    "related_organisation",
    "SELECT one.id AS organisation_id, other.id AS other_id, 'number' AS hint, CAST(NULL AS BIGINT) AS person_id "  # noqa: S608
    "FROM organisation AS one JOIN organisation AS other ON other.identifier_scheme = one.identifier_scheme "
    f"AND {number_in_sql('other.')} = {number_in_sql('one.')} WHERE other.id <> one.id",
)
for _mine in NAMES:
    for _theirs in NAMES:
        _one, _other = f"one.{_mine}", f"other.{_theirs}"
        part(
            "related_organisation",
            "SELECT one.id, other.id, 'name', CAST(NULL AS BIGINT) "  # noqa: S608
            f"FROM organisation AS one JOIN organisation AS other ON {_stem(_other)} = {_stem(_one)} "
            f"WHERE other.id <> one.id AND length({_one}) >= {SHORTEST} AND length({_other}) >= {SHORTEST} "
            "AND one.kind <> 'individual' AND other.kind <> 'individual' "
            f"AND ({_other} = substr({_one}, 1, length({_other})) OR {_one} = substr({_other}, 1, length({_one})))",
        )
part(
    "related_organisation",
    "SELECT one.organisation_id, other.organisation_id, 'people', one.person_id FROM acting_for AS one "
    "JOIN acting_for AS other ON other.person_id = one.person_id "
    "WHERE other.organisation_id <> one.organisation_id AND one.until IS NULL AND other.until IS NULL",
)
