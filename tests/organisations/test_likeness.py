"""Names that are like another: asked about once, named only to colleagues, never refused."""

from collections.abc import Callable
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from civtech.core import clock
from civtech.core.db import db, unit_of_work
from civtech.core.references import new_token
from civtech.organisations.models import MemberRole, Organisation, OrganisationKind, likeness
from civtech.organisations.models.name_keys import Lookalike, key_of, lookalikes
from civtech.people.models import ProgrammeRole, User
from tests.conftest import NOW
from tests.organisations.conftest import seen
from tests.people.conftest import find
from tests.support.messages import fragment, wording

pytestmark = pytest.mark.both_databases("search")

SignedIn = Callable[[User], FlaskClient]
LIKE_IT = fragment("There is already an organisation with a similar name.")


def create(client: FlaskClient, name: str, **more: str) -> object:
    form = {"kind": "company", "legal_name": name, "idempotency_key": new_token()}
    return client.post("/organisations/new", data=form | more)


@pytest.mark.parametrize(
    "name",
    [
        "Kelp & Keel Ltd",
        "KELP AND KEEL LIMITED",
        "The Kelp Keel L.L.P.",
        "kelp-keel plc",
        "Kélp Kéel CIC",
        "K\u0435lp K\u0435\u0435l",
    ],
)
def test_case_accents_legal_forms_and_lookalike_letters_do_not_count(name: str) -> None:
    assert key_of(name) == "kelpkeel"


def test_a_name_of_nothing_but_a_legal_form_keeps_it_and_one_of_signs_is_like_none() -> None:
    assert (key_of("Ltd"), key_of("!!!"), key_of("Київ") == key_of("київ")) == ("ltd", "", True)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Kelp Ltd", []),
        ("Élan Vital", []),
        ("Ελληνική Λύση", []),
        ("Київ", []),
        ("K\u0435lp", [Lookalike("\u0435", "e", "CYRILLIC SMALL LETTER IE")]),
        (
            "\u0391\u0392",
            [
                Lookalike("\u0391", "A", "GREEK CAPITAL LETTER ALPHA"),
                Lookalike("\u0392", "B", "GREEK CAPITAL LETTER BETA"),
            ],
        ),
    ],
)
def test_letters_that_deceive_are_found_and_a_plainly_foreign_name_is_left_alone(
    name: str, found: list[Lookalike]
) -> None:
    assert lookalikes(name) == found


def test_letters_that_deceive_are_shown_to_staff_and_auditors_only_and_never_refused(
    person: Callable[..., User], staff: User, signed_in: SignedIn
) -> None:
    page = create(signed_in(person()), "K\u0435lp").location.removesuffix("/figures")
    auditor = person("auditor@example.org", "Aud", roles=[ProgrammeRole.AUDITOR])
    told = [
        who.email
        for who in (find("ada@example.org"), staff, auditor)
        if "CYRILLIC SMALL LETTER IE" in signed_in(who).get(page).text
    ]
    assert told == ["staff@example.org", "auditor@example.org"]


@pytest.mark.parametrize("name", ["Kelp Limited", "kelp", "The KELP Company", "K\u0435lp"])
def test_a_similar_name_is_asked_about_once_without_saying_whose_it_is(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn, name: str
) -> None:
    stranger = signed_in(person("sam@elsewhere.example", "Sam"))
    asked = create(stranger, name)
    assert asked.status_code == 422
    assert LIKE_IT in asked.text
    assert wording("This is a different organisation") in asked.text
    assert f'value="{name}"' in asked.text
    for secret in ("Kelp Ltd", company.reference, "Olive", f">{wording('Ask to join')}<"):
        assert secret not in asked.text.replace(f'value="{name}"', "")
    assert create(stranger, name, is_another="y").status_code == 302


def test_the_box_is_not_there_before_it_is_needed(person: Callable[..., User], signed_in: SignedIn) -> None:
    assert wording("This is a different organisation") not in signed_in(person()).get("/organisations/new").text


def test_somebody_at_the_same_domain_is_offered_to_join(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    asked = create(signed_in(person("new@example.org", "New")), "Kelp Limited")
    assert asked.status_code == 422
    assert f"/organisations/{company.reference}/requests" in asked.text
    assert "<strong>Kelp Ltd</strong>" in asked.text


def test_renaming_asks_too_but_not_when_the_name_stays(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    other = create(signed_in(person()), "Barnacle Ltd").location.removesuffix("/figures")
    client = signed_in(find("ada@example.org"))
    assert LIKE_IT in client.post(f"{other}/edit", data=seen(client, other) | {"legal_name": "Kelp"}).text
    assert (
        client.post(f"{other}/edit", data=seen(client, other) | {"legal_name": "Kelp", "is_another": "y"}).status_code
        == 302
    )
    assert (
        client.post(f"{other}/edit", data=seen(client, other) | {"legal_name": "Kelp", "about": "Ropes."}).status_code
        == 302
    )


def test_a_person_with_an_idea_is_neither_asked_nor_found(
    company: Organisation, person: Callable[..., User], signed_in: SignedIn
) -> None:
    ada = signed_in(person())
    assert create(ada, "Kelp Ltd", kind="individual").status_code == 302
    assert create(ada, "Morag Macleod", kind="individual").status_code == 302
    assert create(ada, "Morag Macleod").status_code == 302


def test_staff_are_asked_before_a_public_body_is_there_twice(
    body: Organisation, staff: User, signed_in: SignedIn
) -> None:
    form = {"legal_name": "The Isle Council", "email": "x@isle.example", "idempotency_key": new_token()}
    client = signed_in(staff)
    assert LIKE_IT in client.post("/public-bodies/new", data=form).text
    again = form | {"is_another": "y", "idempotency_key": new_token()}
    assert client.post("/public-bodies/new", data=again).status_code == 302


def test_the_likest_comes_first_and_the_own_name_is_left_out(
    person: Callable[..., User], company: Organisation
) -> None:
    ada = person()
    with unit_of_work():
        by = db.session.merge(ada)
        made = [
            Organisation.create(kind=OrganisationKind.COMPANY, legal_name=name, by=by, at=clock.now())
            for name in ("Tidewater Signal", "Tidewater Signals Ltd", "Tidewater Timber")
        ]
    near, same, _far = made
    assert likeness.like("Tidewater Signals") == [same.id, near.id]
    assert likeness.like("Tidewater Signals", but=same) == [near.id]
    assert likeness.like("Something Else", "!!!", None) == []


def test_a_trading_name_is_compared_too(
    person: Callable[..., User], company: Organisation, signed_in: SignedIn
) -> None:
    assert LIKE_IT in create(signed_in(person()), "Something Else Ltd", trading_name="KELP").text


def test_among_ten_thousand_names_it_takes_one_statement_and_no_time_to_speak_of(company: Organisation) -> None:
    rows = [
        {
            "reference": f"O-{number}",
            "kind": OrganisationKind.COMPANY,
            "legal_name": f"Company {number:05} of the Isles Ltd",
            "name_key": key_of(f"Company {number:05} of the Isles Ltd"),
            "about": "",
            "created_at": NOW,
            "version": 1,
        }
        for number in range(10_000)
    ]
    with unit_of_work():
        db.session.execute(insert(Organisation), rows)
    before = perf_counter()
    found = likeness.like("Company 00042 of the Isles Limited")
    assert perf_counter() - before < 0.5
    assert len(found) == likeness.MOST
    assert db.session.get(Organisation, found[0]).reference == "O-42"


def test_every_change_of_name_keeps_its_key(company: Organisation) -> None:
    owner = find("owner@example.org")
    organisation = db.session.merge(company)
    names = {"legal_name": "Barnacle & Sons Ltd", "trading_name": "Barnacle"}
    rest = {"identifier_scheme": None, "identifier_number": None, "about": ""}
    organisation.change(**names, **rest, by=owner, at=clock.now())
    assert (organisation.name_key, organisation.trading_key) == ("barnaclesons", "barnacle")
    assert find("owner@example.org").acts_for(company.id, MemberRole.OWNER)
