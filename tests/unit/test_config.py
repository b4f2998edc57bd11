"""What can be set, and what production does not start without."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import config
from config import Misconfigured, SignInProvider, read

PRODUCTION = {
    "CIVTECH_ENV": "production",
    "DATABASE_URL": "postgresql://civtech@127.0.0.1/civtech",
    "MAIL_URL": "smtps://mail.example",
    "SERVER_NAME": "civtech.example",
    "SECRET_KEY": "one: quick brown foxes jump over lazy dogs",
    "PASSWORD_SALT": "two: quick brown foxes jump over lazy dogs",
    "TOTP_SECRET": "three: quick brown foxes jump over lazy dogs",
}


def test_the_readme_says_what_can_be_set() -> None:
    readme = (Path(config.__file__).parent / "README.md").read_text()
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", readme, re.DOTALL)
    assert found
    rows = [f"| {variable.name} | {variable.meaning} | {variable.default} |" for variable in config.VARIABLES]
    assert found.group(1).splitlines() == ["| Variable | What for | If not set |", "| --- | --- | --- |", *rows]


def test_the_bounds_of_kept_pages_are_whole_numbers() -> None:
    assert read({"KEPT_PAGES": "0", "KEPT_MEGABYTES": "8"}).KEPT_PAGES == 0
    for wrong in ("-1", "many", "1.5", "²"):
        with pytest.raises(Misconfigured, match="KEPT_PAGES"):
            read({"KEPT_PAGES": wrong})


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


SECRETS = ["SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRET"]


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("secret", ["x", "correct horse battery staple", "Zk3v9Qp1Lm7Xc5Wb2Nr8Ty4Uf6Gh0Ja", "é" * 15])
def test_production_refuses_a_secret_of_fewer_than_32_bytes(name: str, secret: str) -> None:
    with pytest.raises(Misconfigured, match=rf"{name} must have at least 32 bytes\. Make one with: .*token_urlsafe"):
        read(PRODUCTION | {name: secret})


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("secret", ["x" * 40, "0123456789" * 10, "abcdefghijklmno" * 3, "é" * 32])
def test_production_refuses_a_secret_of_fewer_than_16_different_characters(name: str, secret: str) -> None:
    with pytest.raises(Misconfigured, match=rf"{name} must have at least 16 different .*token_urlsafe"):
        read(PRODUCTION | {name: secret})


@pytest.mark.parametrize("first", SECRETS)
@pytest.mark.parametrize("second", SECRETS)
def test_production_refuses_one_secret_for_two_purposes(first: str, second: str) -> None:
    if first != second:
        with pytest.raises(Misconfigured, match="must all be different"):
            read(PRODUCTION | {first: PRODUCTION[second]})


def test_a_secret_made_as_the_message_says_is_taken() -> None:
    found = re.search(r'-c "(.*)"', config.HOW_TO_MAKE_A_SECRET)
    assert found
    made = {}
    for name in SECRETS:
        command = [sys.executable, "-c", found[1]]
        made[name] = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert made["SECRET_KEY"] == read(PRODUCTION | made).SECRET_KEY


def test_development_may_have_short_secrets() -> None:
    assert read({"SECRET_KEY": "x", "PASSWORD_SALT": "x", "TOTP_SECRET": "x"}).SECRET_KEY == "x"


DEMONSTRATION = {"CIVTECH_DEMO": "1"} | {name: PRODUCTION[name] for name in SECRETS}
ELSEWHERE = ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "civtech.example", "localhost.example", "127.evil", "[", " "]
HERE = ["127.0.0.1", "127.9.9.9", "::1", "localhost", "LOCALHOST", "localhost.", "a.localhost", "::ffff:127.0.0.1"]


@pytest.mark.parametrize("name", ["HOST", "SERVER_NAME"])
@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_demonstration_that_others_could_reach_needs_a_second_setting(name: str, host: str) -> None:
    with pytest.raises(Misconfigured, match=f"{name} is .*CIVTECH_DEMO_OPEN_TO_ALL=1"):
        read(DEMONSTRATION | {name: host})
    assert read(DEMONSTRATION | {name: host, "CIVTECH_DEMO_OPEN_TO_ALL": "1"}).CIVTECH_DEMO
    assert not read(DEMONSTRATION | {name: host, "CIVTECH_DEMO": "0"}).CIVTECH_DEMO


@pytest.mark.parametrize("name", ["HOST", "SERVER_NAME"])
@pytest.mark.parametrize("host", [*HERE, "127.0.0.1:8000", "localhost:8000", "[::1]:8000", ""])
def test_a_demonstration_on_this_machine_needs_no_second_setting(name: str, host: str) -> None:
    assert read(DEMONSTRATION | {name: host}).CIVTECH_DEMO


def test_the_second_setting_does_not_open_production_to_the_demonstration() -> None:
    with pytest.raises(Misconfigured, match="production refuses"):
        read(PRODUCTION | {"CIVTECH_DEMO": "1", "CIVTECH_DEMO_OPEN_TO_ALL": "1"})


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


def test_the_header_with_the_time_of_arrival_is_read_only_if_it_is_named() -> None:
    assert read(PRODUCTION).REQUEST_START_HEADER == ""
    assert read(PRODUCTION | {"REQUEST_START_HEADER": "X-Request-Start"}).REQUEST_START_HEADER == "X-Request-Start"


@pytest.mark.parametrize("name", ["X_Request_Start", "X-Request-Start:", "two words", "é", "x" * 65])
def test_a_header_that_no_server_passes_on_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match="REQUEST_START_HEADER"):
        read(PRODUCTION | {"REQUEST_START_HEADER": name})


STAFF = {
    "SIGN_IN_PROVIDERS": "staff",
    "OIDC_STAFF_TITLE": "Isle staff",
    "OIDC_STAFF_ISSUER": "https://login.isle.example.org",
    "OIDC_STAFF_CLIENT_ID": "civtech",
    "OIDC_STAFF_CLIENT_SECRET": "four",
}


def test_providers_to_sign_in_with_are_named_and_described() -> None:
    second = {name.replace("STAFF", "ONE_LOGIN"): value for name, value in STAFF.items() if name.startswith("OIDC")}
    second |= {
        "OIDC_ONE_LOGIN_ISSUER": "https://one.example/",
        "OIDC_ONE_LOGIN_DOMAINS": "Isle.example.org, bücher.example",
        "OIDC_ONE_LOGIN_TRUSTED_SECOND_FACTOR": "mfa, Cl.Cm",
    }
    providers = read(PRODUCTION | STAFF | second | {"SIGN_IN_PROVIDERS": " staff , one-login,"}).SIGN_IN_PROVIDERS
    assert providers == (
        SignInProvider("staff", "Isle staff", "https://login.isle.example.org", "civtech", "four"),
        SignInProvider(
            "one-login",
            "Isle staff",
            "https://one.example/",
            "civtech",
            "four",
            frozenset({"isle.example.org", "bücher.example"}),
            frozenset({"mfa", "Cl.Cm"}),
        ),
    )
    assert "four" not in repr(providers)
    assert read(PRODUCTION).SIGN_IN_PROVIDERS == ()


@pytest.mark.parametrize("name", sorted(set(STAFF) - {"SIGN_IN_PROVIDERS"}))
@pytest.mark.parametrize("missing", ["", "  "])
def test_a_provider_that_is_named_has_to_be_described(name: str, missing: str) -> None:
    with pytest.raises(Misconfigured, match=f"Set {name}: SIGN_IN_PROVIDERS names staff"):
        read(PRODUCTION | STAFF | {name: missing})


@pytest.mark.parametrize("names", ["Staff", "staff,staff", "staff/../x", "-", "a b", "sтaff"])
def test_providers_have_plain_names_of_their_own(names: str) -> None:
    with pytest.raises(Misconfigured, match="SIGN_IN_PROVIDERS must be"):
        read(PRODUCTION | STAFF | {"SIGN_IN_PROVIDERS": names})


@pytest.mark.parametrize(
    "issuer",
    ["login.example", "http://login.example", "http://127.0.0.1:9", "https://", "https://x.example?a=b", "javascript:1",
     "https://x.example#a", "https://user:secret@x.example", "https://x.example/a b", "https://[x"],
)  # fmt: skip
def test_an_issuer_is_an_address_that_cannot_be_listened_to(issuer: str) -> None:
    with pytest.raises(Misconfigured, match="OIDC_STAFF_ISSUER must be"):
        read(PRODUCTION | STAFF | {"OIDC_STAFF_ISSUER": issuer})


def test_in_development_an_issuer_may_be_on_this_machine() -> None:
    (provider,) = read(STAFF | {"OIDC_STAFF_ISSUER": "http://127.0.0.1:9400"}).SIGN_IN_PROVIDERS
    assert provider.issuer == "http://127.0.0.1:9400"
    with pytest.raises(Misconfigured, match="OIDC_STAFF_ISSUER"):
        read(STAFF | {"OIDC_STAFF_ISSUER": "http://login.example"})


def test_two_providers_are_not_the_same_issuer() -> None:
    second = {name.replace("STAFF", "OTHER"): value for name, value in STAFF.items() if name.startswith("OIDC")}
    with pytest.raises(Misconfigured, match="OIDC_OTHER_ISSUER"):
        read(PRODUCTION | STAFF | second | {"SIGN_IN_PROVIDERS": "staff,other"})


@pytest.mark.parametrize(
    "domains", ["@isle.example.org", "isle", "*.example.org", "https://isle.example.org", "a b.example"]
)
def test_domains_of_a_provider_are_domains(domains: str) -> None:
    with pytest.raises(Misconfigured, match="OIDC_STAFF_DOMAINS"):
        read(PRODUCTION | STAFF | {"OIDC_STAFF_DOMAINS": domains})
