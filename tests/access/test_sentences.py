"""I9: each sentence of /about/access is true. Whoever it names gets there, and whoever gets there is named."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from flask import Flask

from civtech.core.policy import POLICIES
from tests.access import table
from tests.access.people import KINDS

TABLE = table.PLACE.read_text()
SIGNED_IN = frozenset(KINDS) - {"visitor", "unconfirmed"}
STAFF = frozenset({"staff", "colleague", "torn", "seated", "steward", "elsewhere"})
COMPANY = frozenset({"owner", "editor", "viewer", "rival", "torn", "inventor"})
BODY = frozenset({"author", "approver", "acceptor", "head", "foreigner"})
NAMED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    r"anyone|the person\b|the member\b|person with the role": (SIGNED_IN, frozenset()),
    r"programme staff": (STAFF, frozenset({"staff", "colleague"})),
    r"auditors?": (frozenset({"auditor", "elsewhere"}), frozenset({"auditor"})),
    r"finance approvers?": (frozenset({"finance", "elsewhere"}), frozenset({"finance"})),
    r"panel secretaries": (frozenset({"secretary", "elsewhere"}), frozenset({"secretary"})),
    r"administrators?": (frozenset({"administrator", "second"}), frozenset({"administrator", "second"})),
    r"judges?\b": (frozenset({"judge", "seated"}), frozenset({"judge"})),
    r"owners|owner\b": (frozenset({"owner", "rival", "inventor", "head", "foreigner"}), frozenset({"owner", "head"})),
    r"editors|owner or editor": (frozenset({"editor", "owner"}), frozenset({"editor"})),
    r"authors": (frozenset({"author"}), frozenset({"author"})),
    r"(?<!finance )approvers": (frozenset({"approver"}), frozenset({"approver"})),
    r"acceptors": (frozenset({"acceptor"}), frozenset({"acceptor"})),
    r"(?:the|members of the) team": (COMPANY, frozenset({"owner"})),
    r"members of the (?:company|organisation)": (COMPANY | BODY, frozenset({"owner"})),
    r"(?:members of )?(?:the|a) (?:sponsor|public body)|and public body": (BODY, BODY),
    r"person with an idea": (frozenset({"inventor"}), frozenset({"inventor"})),
}
"""For each way to name people in a rule: who they can be, and of whom one at least must get there.

A rule about what someone must not be says so after “who”, “except”, “but”, “with”, “if” or “never”.
"""
OF_WHAT = "their|themselves|the whole|it|this"
CONDITIONS = re.compile(
    rf",? (?:who|whose|except|but not|with|if|until|for (?:{OF_WHAT})|at any|on the panel|once it|where)\b[^.]*"
    r"|never [^.]*",
    re.IGNORECASE,
)
BEFORE_THE_RULE = {
    "rights.accept_for_body": "everyone who may read a statement is told first that its offer was taken back",
    "rights.accept_for_company": "the same",
}
NOT_IN_THE_TABLE = {
    "organisations.answer_join_request": "its public bodies have owners; tests/organisations has one without",
}


def test_i9_every_rule_that_an_address_asks_has_a_sentence(app: Flask) -> None:
    assert set(RULES) <= set(POLICIES)
    assert set(POLICIES) - set(RULES) == set()


def rows() -> Iterator[tuple[str, str, str]]:
    """The letters, the methods and the address of each line about who gets where."""
    for line in TABLE.partition(table.READS)[0].splitlines():
        if found := re.match(rf"([-+.sp ]{{{table.WIDTH}}})  ([A-Z ]+?) +(/\S*)", line):
            yield found[1].replace(" ", ""), found[2], found[3]


def asked() -> dict[tuple[str, str], str]:
    """The rule that each method of an address asks."""
    lines = TABLE.partition(table.ASKED)[2].splitlines()
    found = [made for line in lines if (made := re.match(r"([A-Z ]+?) +(/\S*)  asks (\S+)", line))]
    return {(method, each[2]): each[3] for each in found for method in each[1].split()}


def admitted() -> dict[str, set[str]]:
    """The kinds of people that each rule lets through somewhere."""
    rules, through = asked(), defaultdict(set)
    for letters, methods, address in rows():
        for method in methods.split():
            rule = rules[method, address]
            through[rule] |= {kind for kind, letter in zip(KINDS, letters, strict=True) if letter == "+"}
    return through


ADMITTED = admitted()


def named_in(sentence: str) -> list[str]:
    return [words for words in NAMED if re.search(rf"\b(?:{words})", CONDITIONS.sub("", sentence), re.IGNORECASE)]


RULES = sorted(set(asked().values()) - {"anybody"})


@pytest.mark.parametrize("rule", RULES)
def test_i9_whoever_gets_there_is_named(app: Flask, rule: str) -> None:
    if rule in BEFORE_THE_RULE:
        return
    names = named_in(POLICIES[rule].sentence)
    assert names, f"Nothing in “{POLICIES[rule].sentence}” says who."
    unnamed = ADMITTED[rule].difference(*(NAMED[words][0] for words in names))
    assert not unnamed - {"unproven"}, POLICIES[rule].sentence


@pytest.mark.parametrize("rule", RULES)
def test_i9_whoever_is_named_gets_there(app: Flask, rule: str) -> None:
    if rule in NOT_IN_THE_TABLE:
        return
    for words in named_in(POLICIES[rule].sentence):
        some = NAMED[words][1]
        assert not some or some & ADMITTED[rule], f"“{POLICIES[rule].sentence}” promises {words}, who get nowhere."


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("Programme staff, auditors and judges.", "judge"),
        ("The team and judges who scored it.", "judge"),
        ("Auditors and finance approvers.", "finance"),
    ],
)
def test_i9_a_promise_to_others_would_be_noticed(sentence: str, promised: str) -> None:
    some = [NAMED[words][1] for words in named_in(sentence)]
    assert any(promised in each and not each & ADMITTED["judging.see_ranking"] for each in some)


def test_i9_rankings_are_for_staff_and_auditors_and_not_for_judges(app: Flask) -> None:
    assert {"staff", "auditor"} <= ADMITTED["judging.see_ranking"]
    assert "judge" not in ADMITTED["judging.see_ranking"]
    assert not any("judge" in NAMED[words][0] for words in named_in(POLICIES["judging.see_ranking"].sentence))
