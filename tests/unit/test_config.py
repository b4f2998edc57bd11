"""What can be set, and what production does not start without."""

import re
from pathlib import Path

import pytest

import config
from config import Misconfigured, read

PRODUCTION = {
    "CIVTECH_ENV": "production",
    "DATABASE_URL": "postgresql://civtech@127.0.0.1/civtech",
    "MAIL_URL": "smtps://mail.example",
    "SERVER_NAME": "civtech.example",
    "SECRET_KEY": "one",
    "PASSWORD_SALT": "two",
    "TOTP_SECRET": "three",
}


def test_the_readme_says_what_can_be_set() -> None:
    readme = (Path(config.__file__).parent / "README.md").read_text()
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", readme, re.DOTALL)
    assert found
    rows = [f"| {variable.name} | {variable.meaning} | {variable.default} |" for variable in config.VARIABLES]
    assert found.group(1).splitlines() == ["| Variable | What for | If not set |", "| --- | --- | --- |", *rows]


def test_production_starts_with_everything_it_needs() -> None:
    settings = read(PRODUCTION)
    assert settings.HTTPS
    assert not settings.CIVTECH_DEMO


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"CIVTECH_ENV"}))
@pytest.mark.parametrize("missing", [None, ""])
def test_production_refuses_to_start_without(name: str, missing: str | None) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(Misconfigured, match=f"Set {name}"):
        read(given if missing is None else given | {name: missing})


@pytest.mark.parametrize("demo", ["1", "true", "YES", "on"])
def test_production_refuses_to_start_as_a_demonstration(demo: str) -> None:
    with pytest.raises(Misconfigured, match="CIVTECH_DEMO"):
        read(PRODUCTION | {"CIVTECH_DEMO": demo})


def test_an_environment_nobody_knows_is_refused() -> None:
    with pytest.raises(Misconfigured, match="CIVTECH_ENV"):
        read({"CIVTECH_ENV": "prod"})


@pytest.mark.parametrize("address", ["security@civtech.example", "http://civtech.example", "mailto:a@b\nExpires: now"])
def test_the_contact_for_security_is_an_address_that_a_machine_can_open(address: str) -> None:
    with pytest.raises(Misconfigured, match="SECURITY_CONTACT"):
        read(PRODUCTION | {"SECURITY_CONTACT": address})


@pytest.mark.parametrize("address", ["mailto:security@example.org", "https://example.org/security"])
def test_the_contact_for_security_can_be_set(address: str) -> None:
    given = read(PRODUCTION | {"SECURITY_CONTACT": address})
    assert address == given.SECURITY_CONTACT
    assert read(PRODUCTION).SECURITY_CONTACT == "mailto:security@civtech.example"
