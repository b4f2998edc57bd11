"""The audit log: one entry for every event, each with the hash of the one before."""

import hashlib
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Connection, Date, ForeignKey, Index, Table, event, insert
from sqlalchemy.orm import Mapped, mapped_column

from civtech.core.db import Identity, Model
from civtech.core.deciding import decides, decides_nothing
from civtech.core.frozen import frozen
from civtech.core.guards import append_only, guard, kept
from civtech.core.text import N_
from civtech.oversight.canonical import CanonicalJson, instant_text, json_text
from civtech.oversight.witness import Head

GENESIS = "0" * 64
ONLY = 1


class AuditEntry(Model):
    """One event, append-only.

    `hash` is SHA-256 over the sequence, the previous hash and the canonical JSON of the rest. `records` is SHA-256 over
    the entry's bindings, if it has any. People appear as
    references without a name, so that erasing a person never touches an entry. An event about an unknown person (a
    sign-in with an unknown address) has no subject.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject", "sequence"),
        Index("ix_audit_entry_actor", "actor", "sequence"),
        Index("ix_audit_entry_event", "event", "sequence"),
        Index("ix_audit_entry_at", "at"),
        CheckConstraint("(subject_kind IS NULL) = (subject IS NULL)", name="subject_has_its_kind"),
    )

    sequence: Mapped[Identity]
    at: Mapped[datetime]
    event: Mapped[str]
    subject_kind: Mapped[str | None]
    subject: Mapped[str | None]
    actor: Mapped[str | None]
    facts: Mapped[dict[str, object]] = mapped_column(CanonicalJson)
    request: Mapped[str | None]
    records: Mapped[str | None]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)

    def expected_hash(self) -> str:
        """Return the value `hash` must have for these columns."""
        return hash_of(
            sequence=self.sequence,
            previous=self.previous,
            at=instant_text(self.at),
            event=self.event,
            subject_kind=self.subject_kind,
            subject=self.subject,
            actor=self.actor,
            facts=json_text(self.facts),
            request=self.request,
            records=self.records,
        )


def hash_of(*, sequence: int, previous: str, **content: str | None) -> str:
    """Return the hash of an entry from its columns as text; `instant_text` writes `at`, `json_text` writes `facts`."""
    return hashlib.sha256(f"{sequence}\n{previous}\n{json_text(content)}".encode()).hexdigest()


class Binding(Model):
    """What an entry binds: the digest of one row that decides something, as it was at the entry's commit.

    `columns` are digests of the single columns, to say which differ. After a row was deleted there is no digest.
    `salt` is part of both, and we forget it as soon as a newer entry binds the row. No one can then try out which
    earlier values give a digest, such as the name of a person who was erased.
    """

    __tablename__ = "audit_binding"
    __table_args__ = (
        CheckConstraint("(digest IS NULL) = (columns IS NULL)", name="columns_with_digest"),
        CheckConstraint("digest IS NOT NULL OR salt IS NULL", name="salt_with_digest"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.sequence"), primary_key=True, autoincrement=False, index=True
    )
    digest: Mapped[str | None]
    columns: Mapped[dict[str, str] | None] = mapped_column(CanonicalJson)
    salt: Mapped[str | None]


class Checkpoint(Model):
    """Where the log ended on one day, signed. The public key stays with it, so it can be checked after a new key.

    The day is that of the programme's zone. The database allows one for each day, and none before the entries of an
    earlier one.
    """

    __tablename__ = "audit_checkpoint"

    id: Mapped[Identity]
    day: Mapped[date] = mapped_column(Date, unique=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
    at: Mapped[datetime]
    key: Mapped[str]
    public_key: Mapped[str]
    signature: Mapped[str]

    @property
    def words(self) -> str:
        """What is signed."""
        return Head(self.sequence, self.hash, self.at).words(self.key)

    @property
    def line(self) -> str:
        """The line for a witness."""
        return f"{self.words} {self.signature}"


class AuditHead(Model):
    """The single row that says where the chain ends. Each writer holds its lock until the commit.

    `edition` is the sequence of the last entry about something that visitors can see. While it stays the same, their
    pages stay the same, except for what changes with time.
    """

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="there_is_only_one"),)

    id: Mapped[Identity]
    sequence: Mapped[int]
    hash: Mapped[str]
    edition: Mapped[int]


@event.listens_for(AuditHead.__table__, "after_create")
def _begin(table: Table, connection: Connection, **_options: object) -> None:
    """Create the head before the first event, so that two simultaneous first events find it and queue up."""
    connection.execute(insert(table).values(id=ONLY, sequence=0, hash=GENESIS, edition=0))


FIXED = N_("Audit entries can be added, but cannot be changed or deleted.")
append_only("audit_entry", FIXED)
frozen(Binding, unless={"salt": "NEW.salt IS NULL"}, message=FIXED)
kept("audit_binding", FIXED)
append_only("audit_checkpoint", N_("Checkpoints of the audit log cannot be changed or deleted."))
guard(
    "audit_checkpoint_follows_the_log",
    table="audit_checkpoint",
    on="INSERT",
    condition="NEW.sequence < (SELECT MAX(earlier.sequence) FROM audit_checkpoint AS earlier)",
    message=N_("A checkpoint cannot cover less of the audit log than an earlier one."),
)
decides(Checkpoint, of=Checkpoint.key)
for _noun in (AuditEntry, Binding, AuditHead):
    decides_nothing(_noun, because="The chain of hashes covers it.")
guard(
    "audit_head_never_goes",
    table="audit_head",
    on="DELETE",
    condition="1 = 1",
    message=N_("The record of where the audit log ends cannot be deleted."),
)
guard(
    "audit_head_only_grows",
    table="audit_head",
    on="UPDATE",
    condition="NEW.sequence <= OLD.sequence",
    message=N_("The audit log can only grow."),
)
guard(
    "audit_head_edition_follows",
    table="audit_head",
    on="UPDATE",
    condition="NEW.edition < OLD.edition OR NEW.edition > NEW.sequence",
    message=N_("The edition of the public pages can only grow, and never beyond the audit log."),
)
frozen(
    AuditHead,
    but=("sequence", "hash", "edition"),
    message=N_("The record of where the audit log ends cannot be deleted."),
)
