"""`flask user …`."""

from collections.abc import Callable

from flask import Flask

from civtech.accounts.models import ProgrammeRole, User
from civtech.core.db import unit_of_work
from tests.accounts.conftest import PASSWORD, find


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
        "ada@example.org signs in without a second factor now, until a new one is set up.\n",
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
