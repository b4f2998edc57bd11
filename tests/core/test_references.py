import re

from civtech.core.references import new_reference, new_token, seeded


def test_a_reference_has_a_prefix_and_two_groups_of_four():
    assert re.fullmatch(r"P-[2-9B-Z]{4}-[2-9B-Z]{4}", new_reference("P"))


def test_references_have_no_vowels_and_no_letters_that_look_like_digits():
    letters = set("".join(new_token(200) for _ in range(50)))
    assert not letters & set("AEIOU01L")


def test_references_do_not_repeat():
    assert len({new_reference("P") for _ in range(10_000)}) == 10_000


def test_a_seed_makes_references_repeatable_and_only_inside_the_block():
    with seeded(7):
        first = [new_reference("P") for _ in range(3)]
    with seeded(7):
        assert [new_reference("P") for _ in range(3)] == first
    assert [new_reference("P") for _ in range(3)] != first
