"""Changes that someone with the database's own rights could make, and what `flask audit verify` says to each.

`python -m tests.faults.tampering` writes the table in docs/tampering.md.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from civtech.core.db import db

DOCUMENT = Path(__file__).parents[2] / "docs" / "tampering.md"
BEGIN, END = "<!-- generated: changes -->", "<!-- end of changes -->"
LATE = "'2027-06-05 08:00:00.000000'"
SOMEONE = "(SELECT MAX(id) FROM person)"
LATER = "'2027-01-05 08:00:00.000000'"
FIRST = "id = (SELECT MIN(id) FROM {table} WHERE {of})"


@dataclass(frozen=True)
class Change:
    """One change: in words, as SQL, and what the check says. `{instant}` and `{json}` are spelled for the database."""

    title: str
    sql: str
    says: str

    @property
    def pattern(self) -> str:
        """The answer as a regular expression: `…` is any reference or number."""
        return re.escape(self.says).replace("…", r"[\w-]+")


def altered(title: str, table: str, sets: str, of: str = "1 = 1") -> Change:
    """A change of one column of the first row of a table, or of the first `of` some. It must name exactly this one."""
    why = f"it is not what entry … accounts for: {sets.partition(' ')[0]}"
    return Change(
        title, f"UPDATE {table} SET {sets} WHERE {FIRST.format(table=table, of=of)}", f"{NAMED[table]}: {why}"
    )


def gone(title: str, table: str) -> Change:
    """A row that disappears."""
    why = "it is gone, although entry … accounts for it"
    words = table.replace("_", " ")
    return Change(
        title, f"DELETE FROM {table} WHERE {FIRST.format(table=table, of='1 = 1')}", f"{words} number …: {why}"
    )


def forged(title: str, table: str, **values: str) -> Change:
    """A copy of a row with other values in some columns, as if it had always been there."""
    return Change(
        title,
        f"INSERT INTO {table} ({{columns:{table}}}) SELECT {{copied:{table}:"
        + ";".join(f"{name}={value}" for name, value in values.items())
        + f"}} FROM {table} WHERE {FIRST.format(table=table, of='1 = 1')}",
        f"{NAMED[table]}: no entry of the audit log accounts for it",
    )


REFERENCED = (
    "challenge", "proposal", "opening", "assignment", "decision", "panel", "rights_statement", "stage_agreement",
    "milestone", "deliverable", "release", "organisation", "role_grant", "round", "person", "invitation",
)  # fmt: skip
NAMED = {table: f"{table.replace('_', ' ')} …" for table in REFERENCED} | {
    "submission": "submission number … of proposal …",
    "score": "score number … of assignment …",
    "outcome": "outcome number … of decision …",
    "seat": "seat number … of panel …",
    "stage": "stage number … of round …",
    "criterion": "criterion number … of stage number … of round …",
    "stage_budget": "stage budget number … of challenge …",
    "membership": "membership number … of organisation …",
    "transfer": "transfer number … of account number … of challenge …",
    "pathway": "pathway number … of …",
    "challenge_round": "challenge round number … of challenge …",
}
CHANGES = (
    altered("The content of a submission", "submission", "content = {json:'{\"title\":\"Another\"}'}"),
    altered("When a submission was received", "submission", f"received_at = {LATER}"),
    altered("The fingerprint of a submission", "submission", f"digest = '{'f' * 64}'"),
    gone("A submission disappears", "submission"),
    forged("A submission appears", "submission", number="99"),
    altered("A locked score", "score", "points = 0", of="points <> 0"),
    altered("The reason for a score", "score", "reason = 'None.'"),
    gone("A score disappears", "score"),
    altered("When a scorecard was locked", "assignment", f"locked_at = {LATER}"),
    altered("Whose scorecard it is", "assignment", "judge_id = 1"),
    altered("When a judge declared their interests", "assignment", f"declared_at = {LATE}"),
    altered("Which teams go through", "outcome", "goes_on = NOT goes_on"),
    altered("The rank of a team", "outcome", "rank = rank + 1"),
    altered("Who approved a decision", "decision", f"approved_by_id = {SOMEONE}"),
    altered("When a decision was released", "decision", f"released_at = {LATER}"),
    altered("When a challenge closes", "challenge", f"closes_at = {LATER}"),
    altered("When questions close", "challenge", "questions_close_at = opens_at"),
    altered("What a published challenge asks", "challenge", "outcomes = 'Something else.'"),
    altered("An opening, moved to before the closing time", "opening", f"opened_at = {LATER}"),
    altered("Who confirmed an opening", "opening", f"confirmed_by_id = {SOMEONE}"),
    forged("An opening appears", "opening", reference="'X-FAKE-FAKE'", challenge_id="challenge_id + 1000"),
    altered("A judge’s seat on a panel", "seat", "judge_id = 1"),
    altered("The company in a rights statement", "rights_statement", "company_name = 'Another Ltd'"),
    altered("When a company accepted its rights", "rights_statement", f"company_accepted_at = {LATE}"),
    altered("The amount of an agreement in force", "stage_agreement", "amount_pence = amount_pence + 1"),
    altered("The amount of a milestone", "milestone", "amount_pence = amount_pence + 1"),
    altered("When a milestone is due", "milestone", "due_on = '2030-01-01'"),
    altered("The evidence that was accepted", "deliverable", "evidence = 'None.'"),
    altered("The amount of a release", "release", "amount_pence = amount_pence + 1"),
    altered("The reference of a bank transfer", "release", "bank_reference = 'ANOTHER'"),
    altered("Who approved a release", "release", f"approved_by_id = {SOMEONE}"),
    altered("The amount of a transfer in the ledger", "transfer", "amount_pence = amount_pence + 1"),
    gone("A transfer disappears", "transfer"),
    altered("The budget of a stage", "stage_budget", "amount_pence = amount_pence + 1"),
    altered("The number of teams that a stage takes", "stage", "teams = teams + 1", of="teams > 0"),
    altered("The weight of a criterion", "criterion", "weight = weight + 1"),
    altered("The rules of a pathway", "pathway", "legal_basis = 'Another'"),
    altered("Since when someone acts for an organisation", "membership", f"since = {LATER}"),
    altered("What someone may do for an organisation", "membership", "role = 'viewer'", of="role = 'owner'"),
    forged("A membership appears", "membership", user_id="1"),
    altered("A role in the programme", "role_grant", "role = 'auditor'", of="role <> 'auditor'"),
    gone("The record of a role disappears", "role_grant"),
    altered("The name of a company", "organisation", "legal_name = 'Another Ltd'", of="kind = 'company'"),
    altered("The email address of a person", "person", "email = 'someone@elsewhere.example'"),
    altered("The password of a person", "person", "password = 'x'"),
    gone("The round that ties people to a challenge disappears", "challenge_round"),
)  # fmt: skip


@contextmanager
def past_the_guards() -> Iterator[Connection]:
    """Work as someone with the database's own rights would: without triggers and foreign keys."""
    db.session.commit()
    db.session.remove()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")
            yield connection
            connection.exec_driver_sql("SET session_replication_role = DEFAULT")
            connection.commit()
            return
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield connection
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)
        connection.commit()
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = ON")


def spelled(sql: str, connection: Connection) -> str:
    """The statement for this database."""
    tables = db.metadata.tables

    def copied(found: re.Match[str]) -> str:
        table, said = tables[found[1]], dict(part.split("=", 1) for part in found[2].split(";"))
        said.setdefault("id", f"(SELECT MAX(id) + 1 FROM {table.name})")
        return ", ".join(said.get(name, name) for name in table.columns.keys())  # noqa: SIM118

    sql = re.sub(r"\{columns:(\w+)\}", lambda found: ", ".join(tables[found[1]].columns.keys()), sql)
    sql = re.sub(r"\{copied:(\w+):([^}]*)\}", copied, sql)
    sql = re.sub(r"\{json:(.*)\}(?= WHERE)", r"\1", sql)
    if connection.dialect.name == "postgresql":
        for instant in (LATER, LATE):
            sql = sql.replace(instant, f"{instant[:-1]}+00:00'")
    return sql


def table() -> str:
    """The changes as Markdown."""
    lines = ["| change | `flask audit verify` says |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {change.title} | {change.says} |" for change in CHANGES)])


def renewed(document: str) -> str:
    """The document with its table as it must be."""
    before, _begin, rest = document.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text()))
