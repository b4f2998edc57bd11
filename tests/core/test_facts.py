"""Facts that an act binds: packed and read again, and digests that outlast a new wording."""

from datetime import date

from civtech.core.facts import Amount, Fact, digest_of, recorded
from civtech.core.text import Text

FACTS = [
    Fact("amount", Text("Amount"), Amount(500_000, "GBP")),
    Fact("vat", Text("VAT"), Amount(100_000, "GBP", ex_vat=False)),
    Fact("begins", Text("Starts"), date(2027, 3, 1)),
    Fact(
        "first", Text("Milestone %(n)s", {"n": 1}), Text("%(what)s by %(due)s", {"what": "A", "due": date(2027, 4, 1)})
    ),
    Fact("words", Text("Words"), "short"),
]


def test_what_is_packed_is_read_again():
    assert [Fact.unpacked(fact.packed()) for fact in FACTS] == FACTS


def test_a_long_text_is_packed_as_a_digest_that_changes_with_it():
    long, other = (Fact("words", Text("Words"), sign * 4000) for sign in "ab")
    assert Fact.unpacked(long.packed()).value is None
    assert long.packed() != other.packed()
    assert len(str(long.packed())) < 150


def test_a_digest_changes_with_every_value_and_with_no_label():
    def reworded(fact, **changes):
        return Fact(**({"key": fact.key, "label": fact.label, "value": fact.value} | changes))

    digest = digest_of(FACTS)
    assert digest_of([reworded(fact, label=Text("Other")) for fact in FACTS]) == digest
    others = [Amount(1, "GBP"), Amount(1, "GBP"), date(2027, 3, 2), Text("%(what)s", {"what": "B"}), "long"]
    for place, value in [*enumerate(others), (0, Amount(500_000, "EUR"))]:
        changed = [reworded(fact, value=value) if at == place else fact for at, fact in enumerate(FACTS)]
        assert digest_of(changed) != digest
    assert digest_of(FACTS[::-1]) != digest
    assert digest_of(FACTS, over="x") != digest


def test_the_log_gets_figures_and_dates_and_no_words():
    assert recorded(FACTS) == {
        "amount": {"pence": 500_000, "currency": "GBP"},
        "vat": {"pence": 100_000, "currency": "GBP"},
        "begins": "2027-03-01",
        "first": {"due": "2027-04-01"},
    }
