"""No personal data is forgotten, neither in an export nor in an erasure.

A table that refers to a person declares it in its package's `personal.py`; see `civtech/core/personal.py` for how.
"""

from pathlib import Path

from sqlalchemy import JSON, Column, String
from sqlalchemy.orm import class_mapper

from civtech.core.db import Model, db
from civtech.core.personal import ERASED, EXPORTED, PARTS, STAYS, WITHHELD, hindrances
from civtech.people.models import User
from civtech.people.personal.erasing import EMPTIED, LEFT
from civtech.privacy import export

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "privacy.md"
ADDRESSES = {"email", "address", "actor"}
SAID_ELSEWHERE = {
    "person.email": "it is the person’s own row",
    "invitation.email": "the part `invitations` and its erasure look for the address",
    "outbox_message.address": "the part `mails` and its erasure look for the address",
    "problem_report.email": "the part `problem_reports` and its erasure look for the address",
    "address_change.address": "the part `changes_of_address` and its erasure look for the person",
    "used_key.actor": "the part `forms_sent` and its erasure look for the reference",
    "audit_entry.actor": "the part `audit` looks for the reference, which is all that stays",
}
ABOUT_PEOPLE = {
    "person": {
        "name",
        "sort_key",
        "email",
        "password",
        "fs_uniquifier",
        "tf_primary_method",
        "tf_totp_secret",
        "mf_recovery_codes",
    },
    "address_change": {"address_before", "address"},
    "browser_session": {"digest", "browser"},
    "external_identity": {"issuer", "subject"},
    "invitation": {"email", "confirmed_because"},
    "join_request": {"domain"},
    "outbox_message": {"message_id", "address", "template", "facts", "subject", "body", "failure"},
    "passkey": {"name"},
    "problem_report": {"words", "page", "email"},
    "role_grant": {"reason", "message", "scope_reference"},
    "unsent_form": {"key", "person", "path", "fields"},
    "used_key": {"key", "actor", "digest", "location"},
}
"""What an erasure empties or removes. Add a new column here once erasure covers it."""

WRITTEN_IN_THEIR_WORK = {
    "assignment": {"conflict"},
    "sent_back": {"message"},
    "challenge": {
        "slug",
        "question",
        "summary",
        "need",
        "outcomes",
        "constraints",
        "adoption",
        "message",
        "text_digest",
    },
    "considered_hint": {"reason", "basis"},
    "decision": {"reason", "departure", "message"},
    "deliverable": {"evidence", "link", "reason"},
    "hold": {"reason"},
    "milestone": {"title", "success_criteria"},
    "organisation": {
        "legal_name",
        "trading_name",
        "name_key",
        "sort_key",
        "trading_key",
        "about",
        "identifier_number",
        "number_accepted_because",
    },
    "outcome": {"feedback"},
    "proposal": {"title", "summary", "draft_title", "draft_summary"},
    "question": {"text", "answer"},
    "release": {"reason", "bank_reference"},
    "background_item": {"title", "owner"},
    "organisation_name": {"legal_name", "trading_name", "identifier_number"},
    "rights_statement": {
        *("company_name", "company_number", "public_body_name", "foreground_owner", "digest"),
        *("company_accepted_terms", "body_accepted_terms"),
        *("company_accepted_name", "body_accepted_name"),
        *("licence_scope", "licence_field", "licence_territory", "licence_term", "licence_exclusive"),
        *("licence_royalty", "licence_sublicence", "public_stake", "options", "convertibles", "loans"),
        *("royalty_share", "board_seat"),
    },
    "rights_check": {"text_digest", "what", "to_whom", "reason", "message"},
    "score": {"reason"},
    "section": {"key", "body"},
    "stage_agreement": {"vat_number", "vat_reason"},
    "submission": {"content", "digest"},
}
"""What stays because others rely on it, or goes with its proposal. docs/privacy.md tells people so."""

NOT_ABOUT_PEOPLE = {
    "audit_entry": {"event", "subject_kind", "subject", "actor", "request", "previous", "hash", "records"},
    "audit_binding": {"kind", "digest", "salt"},
    "audit_checkpoint": {"public_key", "signature", "hash", "key"},
    "audit_head": {"hash"},
    "criterion": {"name", "description"},
    "pathway": {"key", "name", "description", "legal_basis", "definition"},
    "round": {"name"},
    "stage": {"key", "name", "purpose"},
    "transfer": {"key"},
}
"""References, and what the programme says about itself."""

SECRET = {"password", "fs_uniquifier", "tf_totp_secret", "mf_recovery_codes", "digest", "token", "key", "body"}


def columns() -> list[Column[object]]:
    return [column for table in Model.metadata.sorted_tables for column in table.columns]


def people() -> set[str]:
    """Every column that refers to a person."""
    return {str(column) for column in columns() for key in column.foreign_keys if str(key.column) == "person.id"}


def test_everything_that_refers_to_a_person_is_exported_or_withheld_for_a_reason(app):
    assert people() - EXPORTED - set(WITHHELD) == set()


def test_everything_that_refers_to_a_person_is_erased_or_stays_for_a_reason(app):
    assert people() - ERASED - set(STAYS) == set()


def test_nothing_is_declared_twice_or_of_a_column_that_is_not_there(app):
    assert EXPORTED & set(WITHHELD) == set()
    assert ERASED & set(STAYS) == set()
    assert (EXPORTED | ERASED | set(WITHHELD) | set(STAYS)) - people() == set()


def test_every_column_with_an_address_or_an_actor_is_thought_of(app):
    assert {str(column) for column in columns() if column.name in ADDRESSES} == set(SAID_ELSEWHERE)


def test_every_column_of_a_person_is_emptied_or_left_when_they_are_erased(app):
    written = {column.key for column in class_mapper(User).columns if column.computed is None}
    assert written == set(EMPTIED) | LEFT
    assert set(EMPTIED) & LEFT == set()


def test_no_part_of_an_export_holds_a_secret(app):
    own_words = {("submissions", "digest"), ("rights_statements", "digest")}
    found = {(part.name, key) for part in PARTS.values() for key in export.keys_of(part) if key in SECRET}
    assert found == own_words


def test_the_document_describes_the_export_as_it_is(app):
    assert export.described() in DOCUMENT.read_text()


def test_somebody_without_a_past_is_not_hindered(app, now):
    person = User.register(name="Nova New", email="nova@example.org", at=now)
    db.session.flush()
    assert hindrances(person, now) == []


def test_every_column_that_holds_words_is_thought_of(app):
    words = {
        table.name: {
            column.name
            for column in table.columns
            if type(column.type) in {String, JSON}
            and column.name not in {"reference", "currency"}
            and not (column.foreign_keys or column.computed)
        }
        for table in Model.metadata.sorted_tables
    }
    assert {name: columns for name, columns in words.items() if columns} == {
        **ABOUT_PEOPLE,
        **WRITTEN_IN_THEIR_WORK,
        **NOT_ABOUT_PEOPLE,
    }
