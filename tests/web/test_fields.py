"""Whatever is sent, or not sent, a field ends in a value or in a sentence; never in an error of ours."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from civtech.web.fields import DayField, LineField, LocalInstantField, MoneyField, WholeNumberField, WordsField
from civtech.web.forms import Form
from tests.support.messages import wording


class Example(Form):
    amounts_in = "GBP"

    at = LocalInstantField("At", required="Enter when.")
    on = DayField("On")
    amount = MoneyField("Amount", required="Enter an amount.", least=100)
    teams = WholeNumberField("Teams", least=1, most=50)
    name = LineField("Name", most=10)
    text = WordsField("Text", required="Write something.", most=10)


def sent(app: Flask, **values: Any) -> Example:
    with app.test_request_context("/", method="POST"):
        form = Example(MultiDict(values), meta={"csrf": False})
        form.validate()
        for field in form:
            if field.type != "CSRFTokenField":
                str(field())
        return form


def moment(day: str = "27", month: str = "3", year: str = "2027", time: str = "12:00") -> dict[str, str]:
    return {"at-day": day, "at-month": month, "at-year": year, "at-time": time}


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("5000", 500000),
        ("5,000", 500000),
        ("£5,000.00", 500000),
        (" £ 5 000.5 ", 500050),
        ("1,234,567.89", 123456789),
        ("\uff15\uff10\uff10\uff10", 500000),
        ("£1", 100),
    ],
)
def test_an_amount_is_read_as_people_write_it(app: Flask, typed: str, pence: int) -> None:
    form = sent(app, amount=typed)
    assert (form.amount.data, form.amount.errors) == (pence, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter an amount."),
        ("five", wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")),
        ("5,00", wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")),
        ("1.005", wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")),
        ("1e9", wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")),
        ("NaN", wording("Enter an amount in pounds, such as 5,000 or 5,000.50.")),
        ("-5", wording("Amount must be zero or more.")),
        ("0.99", wording("Amount must be %(least)s or more.", least="£1")),
        ("9" * 5000, wording("Amount must be %(most)s or less.", most="£1,000,000,000")),
        ("1000000000.01", wording("Amount must be %(most)s or less.", most="£1,000,000,000")),
    ],
)
def test_an_amount_that_cannot_be_is_said(app: Flask, typed: str, sentence: str) -> None:
    form = sent(app, amount=typed)
    assert [str(error) for error in form.amount.errors] == [sentence]
    assert form.amount._value() == typed


def test_an_amount_so_far_is_shown_with_its_thousands(app: Flask) -> None:
    with app.test_request_context("/"):
        form = Example(data={"amount": 500000}, meta={"csrf": False})
        assert form.amount._value() == "5,000"
        assert 'value="5,000"' in str(form.amount())


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        (moment(), datetime(2027, 3, 27, 12, 0, tzinfo=UTC)),
        (moment(month="June"), datetime(2027, 6, 27, 11, 0, tzinfo=UTC)),
        (moment(month="sept.", time="5:30pm"), datetime(2027, 9, 27, 16, 30, tzinfo=UTC)),
        (moment(time=""), datetime(2027, 3, 27, 12, 0, tzinfo=UTC)),
        (moment(time="noon"), datetime(2027, 3, 27, 12, 0, tzinfo=UTC)),
        (moment(time="12am"), datetime(2027, 3, 27, 0, 0, tzinfo=UTC)),
        (moment(time="17.30"), datetime(2027, 3, 27, 17, 30, tzinfo=UTC)),
        (moment(day="28", time="00:59"), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (moment(day="28", time="02:00"), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_read_as_an_instant(app: Flask, typed: dict[str, str], instant: datetime) -> None:
    form = sent(app, **typed)
    assert (form.at.data, form.at.errors) == (instant, [])


CALENDAR = wording("Enter a real date, such as 27 3 2027.")
CLOCK = wording("Enter a time, such as 12:00, 17:30 or 5:30pm.")
YEAR = wording("Enter the year with four digits, such as 2027.")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter when."),
        (moment(day="", month="", year=""), "Enter when."),
        (moment(day=""), wording("The date must include %(parts)s.", parts="a day")),
        (moment(day="", year=""), wording("The date must include %(parts)s.", parts="a day and a year")),
        (moment(day="31", month="2"), CALENDAR),
        (moment(month="Floréal"), CALENDAR),
        (moment(day="27th"), CALENDAR),
        (moment(year="27"), YEAR),
        (moment(year="9" * 5000), YEAR),
        (moment(time="25:00"), CLOCK),
        (moment(time="17"), CLOCK),
        (moment(time="13pm"), CLOCK),
        (moment(time="soon"), CLOCK),
        (
            moment(day="28", time="01:30"),
            wording(
                "%(time)s does not exist on %(day)s because the clocks go forward. Choose a later time.",
                time="01:30",
                day="28 March 2027",
            ),
        ),
        (
            moment(day="31", month="10", time="1:30am"),
            wording(
                "%(time)s happens twice on %(day)s because the clocks go back. Choose an earlier or a later time.",
                time="01:30",
                day="31 October 2027",
            ),
        ),
    ],
)
def test_a_moment_that_cannot_be_is_said(app: Flask, typed: dict[str, str], sentence: str) -> None:
    form = sent(app, **typed)
    assert [str(error) for error in form.at.errors] == [sentence]


def test_what_was_typed_stands_in_the_inputs_again(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        form = Example(MultiDict(moment(day="31", month="Feb")), meta={"csrf": False})
        form.validate()
        page = str(form.at())
    assert 'value="31"' in page
    assert 'value="Feb"' in page
    assert page.count('id="at"') == 1


def test_an_instant_so_far_is_shown_in_the_zone_of_the_programme(app: Flask) -> None:
    with app.test_request_context("/"):
        form = Example(data={"at": datetime(2027, 6, 1, 11, 0, tzinfo=UTC)}, meta={"csrf": False})
        assert form.at.shown() == ["1", "6", "2027", "12:00"]


def test_a_day_is_read_and_may_stay_empty(app: Flask) -> None:
    assert sent(app, **{"on-day": "1", "on-month": "4", "on-year": "2027"}).on.data == date(2027, 4, 1)
    assert sent(app).on.data is None
    assert sent(app).on.errors == []


@pytest.mark.parametrize(
    ("typed", "errors"), [("3", 0), ("0", 1), ("51", 1), ("2.5", 1), ("x", 1), ("", 0), ("1" * 5000, 1)]
)
def test_a_whole_number_stays_within_its_bounds(app: Flask, typed: str, errors: int) -> None:
    assert len(sent(app, teams=typed).teams.errors) == errors


def test_words_lose_what_cannot_be_seen_and_keep_what_is_too_long(app: Flask) -> None:
    form = sent(app, name=" a\0\r\n b ", text="  one\r\ntwo\x0b  ")
    assert (form.name.data, form.text.data) == ("a b", "one\ntwo")
    form = sent(app, text="x" * 11)
    assert form.text.errors == [
        wording(
            "“%(field)s” must be %(most)s characters or fewer. You have used %(used)s.", field="Text", most=10, used=11
        )
    ]
    assert form.text.data == "x" * 11
    assert sent(app, text=" \n ").text.errors == ["Write something."]


def test_a_field_that_counts_says_its_limit_before_any_script_runs(app: Flask) -> None:
    class Long(Form):
        text = WordsField("Text", most=4000)
        one = WordsField("One line", most=250, breaks=False)

    with app.test_request_context("/", method="POST"):
        form = Long(MultiDict({"one": "a\nb", "text": "a\nb"}), meta={"csrf": False})
        shown = str(form.text())
    assert wording("You can enter up to %(count)s characters", count="4,000") in shown
    assert wording("You have %(count)s characters too many", count="%{count}") in shown
    assert "%%" not in shown
    assert "%{count}" not in re.sub(r'data-i18n[^=]*="[^"]*"', "", shown)
    assert (form.text.data, form.one.data) == ("a\nb", "a b")


def test_words_cannot_turn_the_reading_direction_of_what_stands_around_them(app: Flask) -> None:
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    form = sent(app, name=f"\u202ea{turning}b", text=f"{turning}one{turning}")
    assert (form.name.data, form.text.data) == ("ab", "one")
    assert sent(app, name="a\u200eb\u200fc").name.data == "a\u200eb\u200fc"
    assert sent(app, text="\u2067").text.errors == ["Write something."]


@given(
    values=st.dictionaries(
        st.sampled_from([*moment(), "on-day", "on-month", "on-year", "amount", "teams", "name", "text"]),
        st.one_of(st.text(max_size=30), st.from_regex(r"[0-9.,:apm£ -]{0,12}", fullmatch=True)),
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_sent_breaks_a_field(app: Flask, values: dict[str, str]) -> None:
    form = sent(app, **values)
    assert form.at.data is None or form.at.data.tzinfo is UTC
    assert form.amount.data is None or 100 <= form.amount.data <= 100_000_000_000
