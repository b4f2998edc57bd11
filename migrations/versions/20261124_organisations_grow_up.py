"""organisations grow up

SQLite changes the list of registers by making the table anew. What other migrations put on it stays.

Revision ID: 0005
Revises: 0008
Create Date: 2026-11-24 00:06:24.925784+00:00
"""

import sqlalchemy as sa
from alembic import op

from civtech.core.guards import Guard, put_back
from civtech.organisations.models.name_keys import key_of

revision = "0005"
down_revision = "0008"
branch_labels = None
depends_on = None


GUARDS = (
    Guard(
        name="organisation_stays_what_it_is",
        table="organisation",
        on="UPDATE",
        condition="(NEW.kind <> OLD.kind AND (OLD.kind <> 'individual' OR NEW.kind <> 'company' OR NEW.became_company_at IS NULL)) OR (NEW.kind = OLD.kind AND ((NEW.became_company_at IS NULL) <> (OLD.became_company_at IS NULL) OR NEW.became_company_at <> OLD.became_company_at))",
        message="A person with an idea can become a company; nothing else turns into another kind.",
    ),
    Guard(
        name="organisation_number_is_accepted_by_staff",
        table="organisation",
        on="UPDATE",
        condition="(NEW.number_accepted_by_id IS NOT NULL AND (OLD.number_accepted_by_id IS NULL OR NEW.number_accepted_by_id <> OLD.number_accepted_by_id)) AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.number_accepted_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.number_accepted_at AND role_grant.starts_at <= NEW.number_accepted_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.number_accepted_at) AND role_grant.scope_kind = 'programme')",
        message="A number that its check refuses is accepted by programme staff.",
    ),
    Guard(
        name="organisation_begins_with_a_checked_number",
        table="organisation",
        on="INSERT",
        condition="NEW.number_accepted_by_id IS NOT NULL OR NEW.became_company_at IS NOT NULL",
        message="An organisation begins with a number that passes its check, and as what it is.",
    ),
    Guard(
        name="company_figures_are_a_companys",
        table="company_figures",
        on="INSERT",
        condition="NOT EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = 'company')",
        message="Only a company has figures.",
    ),
    Guard(
        name="company_figures_stay_of_their_year",
        table="company_figures",
        on="UPDATE",
        condition="NEW.organisation_id <> OLD.organisation_id OR NEW.year <> OLD.year",
        message="The figures of a year stay with their company and their year.",
    ),
    Guard(
        name="join_request_begins_unanswered",
        table="join_request",
        on="INSERT",
        condition="NEW.state <> 'sent'",
        message="A request to join begins without an answer.",
    ),
    Guard(
        name="join_request_comes_from_a_colleague",
        table="join_request",
        on="INSERT",
        condition="NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain) OR NOT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = membership.user_id WHERE membership.organisation_id = NEW.organisation_id AND person.id <> NEW.person_id AND person.confirmed_at IS NOT NULL AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain)",
        message="Only somebody with a confirmed address at the domain of its people asks to join an organisation.",
    ),
    Guard(
        name="join_request_keeps_who_asked",
        table="join_request",
        on="UPDATE",
        condition="NEW.reference <> OLD.reference OR NEW.organisation_id <> OLD.organisation_id OR NEW.person_id <> OLD.person_id OR NEW.sent_at <> OLD.sent_at OR NEW.expires_at <> OLD.expires_at OR (NEW.domain <> OLD.domain AND (NEW.state = 'sent' OR NEW.domain <> 'invalid'))",
        message="A request to join stays whose it is, and for which organisation.",
    ),
    Guard(
        name="join_request_is_answered_once",
        table="join_request",
        on="UPDATE",
        condition="(NEW.state <> OLD.state AND NOT ((OLD.state = 'sent' AND NEW.state = 'accepted') OR (OLD.state = 'sent' AND NEW.state = 'declined') OR (OLD.state = 'sent' AND NEW.state = 'withdrawn') OR (OLD.state = 'sent' AND NEW.state = 'lapsed'))) OR (OLD.state <> 'sent' AND (NEW.state <> OLD.state OR (NEW.answered_at IS NULL) <> (OLD.answered_at IS NULL) OR NEW.answered_at <> OLD.answered_at OR (NEW.answered_by_id IS NULL) <> (OLD.answered_by_id IS NULL) OR NEW.answered_by_id <> OLD.answered_by_id OR (NEW.role IS NULL) <> (OLD.role IS NULL) OR NEW.role <> OLD.role))",
        message="This request was answered already.",
    ),
    Guard(
        name="join_request_is_answered_by_an_owner",
        table="join_request",
        on="UPDATE OF state",
        condition="NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT (EXISTS (SELECT 1 FROM membership WHERE membership.user_id = NEW.answered_by_id AND membership.organisation_id = (NEW.organisation_id) AND membership.role IN ('owner')) OR (EXISTS (SELECT 1 FROM role_grant WHERE role_grant.user_id = NEW.answered_by_id AND role_grant.role IN ('staff') AND role_grant.state = 'granted' AND role_grant.decided_at <= NEW.answered_at AND role_grant.starts_at <= NEW.answered_at AND (role_grant.ends_at IS NULL OR role_grant.ends_at > NEW.answered_at) AND role_grant.scope_kind = 'programme') AND EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id AND organisation.kind = 'public_body'))))",
        message="A request to join is answered in time, by an owner; one to a public body also by programme staff.",
    ),
    Guard(
        name="join_request_never_goes",
        table="join_request",
        on="DELETE",
        condition="1 = 1",
        message="Requests to join are kept.",
    ),
    Guard(
        name="company_figures_is_not_replaced_on_insert",
        table="company_figures",
        on="INSERT",
        condition="EXISTS (SELECT 1 FROM company_figures WHERE company_figures.id = NEW.id) OR EXISTS (SELECT 1 FROM company_figures WHERE company_figures.organisation_id = NEW.organisation_id AND company_figures.year = NEW.year)",
        message="UNIQUE constraint failed, nothing is replaced: company_figures.id; company_figures.organisation_id, company_figures.year",
        only="sqlite",
    ),
    Guard(
        name="company_figures_is_not_replaced_on_update",
        table="company_figures",
        on="UPDATE",
        condition="EXISTS (SELECT 1 FROM company_figures WHERE company_figures.rowid <> OLD.rowid AND company_figures.id = NEW.id) OR EXISTS (SELECT 1 FROM company_figures WHERE company_figures.rowid <> OLD.rowid AND company_figures.organisation_id = NEW.organisation_id AND company_figures.year = NEW.year)",
        message="UNIQUE constraint failed, nothing is replaced: company_figures.id; company_figures.organisation_id, company_figures.year",
        only="sqlite",
    ),
    Guard(
        name="join_request_is_not_replaced_on_insert",
        table="join_request",
        on="INSERT",
        condition="EXISTS (SELECT 1 FROM join_request WHERE join_request.id = NEW.id) OR EXISTS (SELECT 1 FROM join_request WHERE join_request.person_id = NEW.person_id AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM join_request WHERE join_request.reference = NEW.reference)",
        message="UNIQUE constraint failed, nothing is replaced: join_request.id; join_request.person_id; join_request.reference",
        only="sqlite",
    ),
    Guard(
        name="join_request_is_not_replaced_on_update",
        table="join_request",
        on="UPDATE",
        condition="EXISTS (SELECT 1 FROM join_request WHERE join_request.rowid <> OLD.rowid AND join_request.id = NEW.id) OR EXISTS (SELECT 1 FROM join_request WHERE join_request.rowid <> OLD.rowid AND join_request.person_id = NEW.person_id AND state = 'sent' AND NEW.state = 'sent') OR EXISTS (SELECT 1 FROM join_request WHERE join_request.rowid <> OLD.rowid AND join_request.reference = NEW.reference)",
        message="UNIQUE constraint failed, nothing is replaced: join_request.id; join_request.person_id; join_request.reference",
        only="sqlite",
    ),
    Guard(
        name="organisation_is_not_replaced_on_insert",
        table="organisation",
        on="INSERT",
        condition="EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.id) OR EXISTS (SELECT 1 FROM organisation WHERE organisation.identifier_scheme = NEW.identifier_scheme AND organisation.identifier_number = NEW.identifier_number) OR EXISTS (SELECT 1 FROM organisation WHERE organisation.reference = NEW.reference)",
        message="UNIQUE constraint failed, nothing is replaced: organisation.id; organisation.identifier_scheme, organisation.identifier_number; organisation.reference",
        only="sqlite",
    ),
    Guard(
        name="organisation_is_not_replaced_on_update",
        table="organisation",
        on="UPDATE",
        condition="EXISTS (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.id = NEW.id) OR EXISTS (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.identifier_scheme = NEW.identifier_scheme AND organisation.identifier_number = NEW.identifier_number) OR EXISTS (SELECT 1 FROM organisation WHERE organisation.rowid <> OLD.rowid AND organisation.reference = NEW.reference)",
        message="UNIQUE constraint failed, nothing is replaced: organisation.id; organisation.identifier_scheme, organisation.identifier_number; organisation.reference",
        only="sqlite",
    ),
)


OLD_SCHEMES = ("GB-COH", "GB-SC", "GB-CHC", "GB-PPON")
SCHEMES = ("GB-COH", "GB-SC", "GB-CHC", "GB-NIC", "VAT", "GB-PPON")
ACCEPTER = "fk_organisation_number_accepted_by_id_person"
NEW_CHECKS = {
    "became_company_once_a_company": "became_company_at IS NULL OR kind = 'company'",
    "number_accepted_by_somebody_with_a_reason": (
        "(number_accepted_by_id IS NULL) = (number_accepted_because IS NULL) AND "
        "(number_accepted_by_id IS NULL) = (number_accepted_at IS NULL)"
    ),
    "accepted_number_is_there": "number_accepted_by_id IS NULL OR identifier_number IS NOT NULL",
}
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OLD = (
    "id",
    "reference",
    "kind",
    "legal_name",
    "trading_name",
    "identifier_scheme",
    "identifier_number",
    "size",
    "about",
    "created_at",
    "version",
)


def NEW_COLUMNS() -> list[sa.Column]:
    return [
        sa.Column("name_key", sa.String(), nullable=False, server_default=""),
        sa.Column("trading_key", sa.String(), nullable=True),
        sa.Column("became_company_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number_accepted_because", sa.String(), nullable=True),
        sa.Column("number_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number_accepted_by_id", KEY, nullable=True),
    ]


def known(schemes: tuple[str, ...]) -> str:
    return f"identifier_scheme IN ({', '.join(repr(scheme) for scheme in schemes)})"


def list_schemes(schemes: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_organisation_identifier_scheme_is_known"), "organisation")
    op.create_check_constraint(op.f("ck_organisation_identifier_scheme_is_known"), "organisation", known(schemes))


def rebuild_organisation(schemes: tuple[str, ...], more: list[sa.Column], checks: dict[str, str]) -> None:
    """The table as it was, with these registers, columns and checks; on SQLite."""
    keys = [sa.ForeignKeyConstraint(["number_accepted_by_id"], ["person.id"], name=op.f(ACCEPTER))] if more else []
    with put_back(op.get_bind(), "organisation"):
        op.create_table(
            "organisation_anew",
            sa.Column("id", KEY, nullable=False),
            sa.Column("reference", sa.String(), nullable=False),
            sa.Column("kind", sa.String(length=40), nullable=False),
            sa.Column("legal_name", sa.String(), nullable=False),
            sa.Column("trading_name", sa.String(), nullable=True),
            sa.Column("identifier_scheme", sa.String(length=40), nullable=True),
            sa.Column("identifier_number", sa.String(), nullable=True),
            sa.Column("size", sa.String(length=40), nullable=True),
            sa.Column("about", sa.String(), nullable=False),
            sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            *more,
            sa.CheckConstraint(known(schemes), name=op.f("ck_organisation_identifier_scheme_is_known")),
            sa.CheckConstraint(
                "kind <> 'public_body' OR size IS NULL", name=op.f("ck_organisation_size_is_for_companies")
            ),
            sa.CheckConstraint(
                "kind IN ('public_body', 'company', 'individual')", name=op.f("ck_organisation_kind_is_known")
            ),
            sa.CheckConstraint(
                "size IN ('micro', 'small', 'medium', 'large')", name=op.f("ck_organisation_size_is_known")
            ),
            sa.CheckConstraint(
                "(identifier_scheme IS NULL) = (identifier_number IS NULL)",
                name=op.f("ck_organisation_identifier_has_its_scheme"),
            ),
            *(sa.CheckConstraint(rule, name=op.f(f"ck_organisation_{name}")) for name, rule in checks.items()),
            *keys,
            sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
            sa.UniqueConstraint(
                "identifier_scheme",
                "identifier_number",
                name=op.f("uq_organisation_identifier_scheme_identifier_number"),
            ),
            sa.UniqueConstraint("reference", name=op.f("uq_organisation_reference")),
        )
        columns = ", ".join(OLD)
        op.execute(f"INSERT INTO organisation_anew ({columns}) SELECT {columns} FROM organisation")
        op.drop_table("organisation")
        op.rename_table("organisation_anew", "organisation")
        op.create_index("ix_organisation_kind_legal_name", "organisation", ["kind", "legal_name"])


def keep_keys() -> None:
    """Keep beside the names that are here what of them counts when names are compared."""
    bind = op.get_bind()
    for number, legal, trading in bind.execute(sa.text("SELECT id, legal_name, trading_name FROM organisation")).all():
        bind.execute(
            sa.text("UPDATE organisation SET name_key = :legal, trading_key = :trading WHERE id = :id"),
            {"id": number, "legal": key_of(legal), "trading": key_of(trading) if trading else None},
        )


def upgrade() -> None:
    op.create_table(
        "company_figures",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("turnover", sa.BigInteger(), nullable=False),
        sa.Column("balance_sheet", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Enum("GBP", "EUR", name="currency", native_enum=False, length=40), nullable=False),
        sa.Column("stated_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("currency IN ('GBP', 'EUR')", name=op.f("ck_company_figures_currency_is_known")),
        sa.CheckConstraint(
            "balance_sheet BETWEEN 0 AND 1000000000000000", name=op.f("ck_company_figures_balance_sheet_makes_sense")
        ),
        sa.CheckConstraint("headcount BETWEEN 0 AND 10000000", name=op.f("ck_company_figures_headcount_makes_sense")),
        sa.CheckConstraint(
            "turnover BETWEEN 0 AND 1000000000000000", name=op.f("ck_company_figures_turnover_makes_sense")
        ),
        sa.CheckConstraint("year BETWEEN 1990 AND 9999", name=op.f("ck_company_figures_year_has_four_digits")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_company_figures_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["stated_by_id"], ["person.id"], name=op.f("fk_company_figures_stated_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_figures")),
        sa.UniqueConstraint("organisation_id", "year", name=op.f("uq_company_figures_organisation_id_year")),
    )
    op.create_table(
        "join_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "accepted",
                "declined",
                "withdrawn",
                "lapsed",
                name="joinrequeststate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "editor",
                "viewer",
                "author",
                "approver",
                "acceptor",
                name="memberrole",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (role IS NOT NULL)", name=op.f("ck_join_request_role_once_accepted")
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (answered_at IS NULL)", name=op.f("ck_join_request_answered_at_once_answered")
        ),
        sa.CheckConstraint(
            "(state IN ('accepted', 'declined')) = (answered_by_id IS NOT NULL)",
            name=op.f("ck_join_request_answered_by_somebody"),
        ),
        sa.CheckConstraint(
            "role IN ('owner', 'editor', 'viewer', 'author', 'approver', 'acceptor')",
            name=op.f("ck_join_request_role_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'declined', 'withdrawn', 'lapsed')",
            name=op.f("ck_join_request_state_is_known"),
        ),
        sa.CheckConstraint("answered_by_id <> person_id", name=op.f("ck_join_request_answered_by_another_person")),
        sa.CheckConstraint("expires_at > sent_at", name=op.f("ck_join_request_expires_after_it_was_sent")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_join_request_answered_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_join_request_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_join_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
        sa.UniqueConstraint("reference", name=op.f("uq_join_request_reference")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_join_request_waiting",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )

    if op.get_bind().dialect.name == "sqlite":
        rebuild_organisation(SCHEMES, NEW_COLUMNS(), NEW_CHECKS)
    else:
        list_schemes(SCHEMES)
        for column in NEW_COLUMNS():
            op.add_column("organisation", column)
        op.alter_column("organisation", "name_key", server_default=None)
        for name, condition in NEW_CHECKS.items():
            op.create_check_constraint(op.f(f"ck_organisation_{name}"), "organisation", condition)
        op.create_foreign_key(op.f(ACCEPTER), "organisation", "person", ["number_accepted_by_id"], ["id"])
    keep_keys()
    for guard in GUARDS:
        for statement in guard.create(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for guard in GUARDS:
        for statement in guard.drop(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
    op.execute(
        "UPDATE organisation SET identifier_scheme = NULL, identifier_number = NULL "
        "WHERE identifier_scheme IN ('GB-NIC', 'VAT')"
    )
    if op.get_bind().dialect.name == "sqlite":
        rebuild_organisation(OLD_SCHEMES, [], {})
    else:
        for name in NEW_CHECKS:
            op.drop_constraint(op.f(f"ck_organisation_{name}"), "organisation")
        op.drop_constraint(op.f(ACCEPTER), "organisation")
        for column in NEW_COLUMNS():
            op.drop_column("organisation", column.name)
        list_schemes(OLD_SCHEMES)
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_join_request_waiting",
            sqlite_where=sa.text("state = 'sent'"),
            postgresql_where=sa.text("state = 'sent'"),
        )
        batch_op.drop_index(batch_op.f("ix_join_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_join_request_organisation_id"))

    op.drop_table("join_request")
    op.drop_table("company_figures")
