"""`flask user …`."""

from collections.abc import Callable

import pytest
from flask import Flask

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.people.models import ProgrammeRole, User
from civtech.roles.models import GrantState
from tests.factories.programmes import RoundFactory
from tests.people.conftest import PASSWORD, find, sign_in
from tests.support.messages import wording
from tests.support.sql import refused


def run(app: Flask, *arguments: str, typed: str | None = None) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["user", *arguments], input=typed)
    return result.exit_code, result.output


def test_a_person_is_created_and_given_a_role(app: Flask, happened: list[str]) -> None:
    code, _ = run(app, "create", "Root@Example.org", "--name", "Ruth Root", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert code == 0
    assert run(app, "grant", "root@example.org", "staff")[0] == 0
    person = find("root@example.org")
    assert person.confirmed_at is not None
    assert person.has(ProgrammeRole.STAFF)
    assert run(app, "list") == (0, "root@example.org\tRuth Root\tstaff\n")
    assert happened == ["PersonRegistered", "ProgrammeRoleGranted"]
    assert (
        app.test_client().post("/sign-in", data={"email": "root@example.org", "password": PASSWORD}).location == "/home"
    )


def test_a_lost_second_factor_is_removed_with_its_recovery_codes(
    app: Flask, person: Callable[..., User], happened: list[str]
) -> None:
    with unit_of_work():
        ada = person(tf_primary_method="authenticator", tf_totp_secret="a secret", mf_recovery_codes=["one", "two"])
    assert ada.has_second_factor
    happened.clear()
    assert run(app, "reset-second-factor", "Ada@example.org") == (
        0,
        "ada@example.org can now sign in without a second factor, until they set up a new one.\n",
    )
    ada = find("ada@example.org")
    assert not ada.has_second_factor
    assert not ada.mf_recovery_codes
    assert happened == ["SecondFactorRemoved"]
    sent = app.test_client().post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    assert sent.location == "/home"


def test_a_second_factor_that_is_not_there_cannot_be_removed(
    app: Flask, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    happened.clear()
    for email in ("ada@example.org", "nobody@example.org", "no address"):
        code, said = run(app, "reset-second-factor", email)
        assert code != 0
        assert "Traceback" not in said
    assert happened == []


def test_what_is_wrong_is_said_without_a_trace(app: Flask) -> None:
    for arguments in (
        ("create", "no address", "--name", "x", "--password", PASSWORD),
        ("create", "a@example.org", "--name", "x", "--password", "short"),
        ("grant", "nobody@example.org", "staff"),
        ("grant", "nobody@example.org", "king"),
    ):
        code, said = run(app, *arguments)
        assert code != 0
        assert "Traceback" not in said
    run(app, "create", "a@example.org", "--name", "x", "--password", PASSWORD)
    assert run(app, "create", "a@example.org", "--name", "x", "--password", PASSWORD)[0] == 1
    run(app, "grant", "a@example.org", "staff")
    assert run(app, "grant", "a@example.org", "staff")[0] == 1


def test_a_role_is_granted_for_a_round_and_a_time_and_taken_away(
    app: Flask, person: Callable[..., User], staff: User, happened: list[str]
) -> None:
    person()
    with unit_of_work():
        reference = RoundFactory(by=db.session.merge(staff), at=clock.now(), name="Round B").reference
    happened.clear()
    for_round = ("ada@example.org", "secretary", "--for", reference)
    words = f"secretary for {reference} from 2990-01-01 until 2990-12-31"
    days = ("--from", "2990-01-01", "--until", "2990-12-31")
    assert run(app, "grant", *for_round, *days) == (0, f"ada@example.org is now {words}.\n")
    assert f"ada@example.org\tAda Lovelace\t{words}\n" in run(app, "list")[1]
    assert run(app, "revoke", "ada@example.org", "secretary")[0] == 1
    assert run(app, "revoke", *for_round) == (0, f"ada@example.org is no longer {words}.\n")
    assert run(app, "revoke", *for_round)[0] == 1
    assert "ada@example.org" not in run(app, "list")[1]
    assert happened == ["ProgrammeRoleGranted", "ProgrammeRoleEnded"]


def test_the_first_administrators_come_from_the_command_line_and_the_last_one_stays(
    app: Flask, person: Callable[..., User]
) -> None:
    person()
    assert run(app, "grant", "ada@example.org", "administrator")[0] == 0
    code, said = run(app, "revoke", "ada@example.org", "administrator")
    assert (
        code,
        wording("The service must have at least one administrator. Grant the role to someone else first.") in said,
    ) == (1, True)
    assert find("ada@example.org").has(ProgrammeRole.ADMINISTRATOR)
    (granted,) = find("ada@example.org").granted_roles
    assert (granted.asked_by_id, granted.decided_by_id, granted.state) == (None, None, GrantState.GRANTED)


def test_a_role_that_makes_no_sense_is_refused_without_a_trace(app: Flask, person: Callable[..., User]) -> None:
    person()
    for more in (
        ("administrator", "--for", "R-NONE"),
        ("staff", "--for", "C-NONE"),
        ("staff", "--until", "2001-01-01"),
        ("staff", "--until", "tomorrow"),
        ("staff", "--from", "2990-01-02", "--until", "2990-01-01"),
    ):
        code, said = run(app, "grant", "ada@example.org", *more)
        assert code != 0, more
        assert "Traceback" not in said
    assert run(app, "list") == (0, "")


def test_a_person_is_signed_out_everywhere(app: Flask, person: Callable[..., User], happened: list[str]) -> None:
    person()
    client = app.test_client()
    sign_in(client)
    happened.clear()
    assert run(app, "sign-out", "ada@example.org") == (0, "ada@example.org was signed out. Browsers: 1.\n")
    assert client.get("/account").status_code == 302
    assert happened == ["BrowserSessionEnded"]


def test_an_account_is_deactivated_and_reactivated(
    app: Flask, person: Callable[..., User], happened: list[str]
) -> None:
    person()
    client = app.test_client()
    sign_in(client)
    happened.clear()
    assert run(app, "reactivate", "ada@example.org")[0] == 1
    code, said = run(app, "deactivate", "ada@example.org")
    assert (code, said) == (0, "ada@example.org was deactivated and signed out. Browsers: 1.\n")
    assert client.get("/account").status_code == 302
    assert sign_in(client).status_code == 422
    assert run(app, "deactivate", "ada@example.org")[0] == 1
    assert run(app, "reactivate", "ada@example.org") == (0, "ada@example.org was reactivated and can sign in again.\n")
    assert client.get("/account").status_code == 302, "the session before stays ended"
    assert sign_in(client).location == "/home"
    assert [name for name in happened if "Account" in name] == ["AccountDeactivated", "AccountReactivated"]


@pytest.mark.both_databases("guards")
def test_the_last_administrator_is_not_deactivated(app: Flask, person: Callable[..., User]) -> None:
    person()
    person("bob@example.org")
    for email in ("ada@example.org", "bob@example.org"):
        run(app, "grant", email, "administrator")
    assert run(app, "deactivate", "bob@example.org")[0] == 0
    code, said = run(app, "deactivate", "ada@example.org")
    assert (code, "Traceback" in said) == (1, False)
    assert wording("The service must have at least one administrator. Grant the role to someone else first.") in said
    assert refused("UPDATE person SET active = :off WHERE email = 'ada@example.org'", off=False)
