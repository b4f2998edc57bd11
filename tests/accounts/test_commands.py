"""`flask user …`."""

from flask import Flask

from civtech.accounts.models import ProgrammeRole
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
