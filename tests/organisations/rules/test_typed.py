"""What people type for numbers, days and times, and what is no number, day or time."""

from datetime import date, time
from decimal import Decimal

import pytest

from organisations.rules import typed

ODD = [
    *("", " ", "²", "\uff11\uff12", "1\u0662", "½", "\u216b", "1e3", "0x1f", "+5", "1 2"),
    *("1_000", "twelve", "--5", "9" * 5000, "1.5.2", "12\0", "NaN", "Infinity", "1\u200b2"),
]


@pytest.mark.parametrize("text", [*ODD, "-5", "2.5", "12,34", "1,0000", "9" * 10])
def test_no_whole_number(text: str) -> None:
    assert typed.whole_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), (" 012 ", 12), ("1,200", 1200), ("9" * 9, 999_999_999)]
)
def test_a_whole_number(text: str, number: int) -> None:
    assert typed.whole_number(text) == number


@pytest.mark.parametrize("text", [*ODD, "2,5", "-1", "1.", "9" * 10])
def test_no_decimal(text: str) -> None:
    assert typed.decimal_number(text) is None


def test_decimals_and_numbers_below_zero() -> None:
    assert typed.decimal_number(" 2.5") == Decimal("2.5")
    assert typed.decimal_number(".5") == Decimal("0.5")
    assert typed.signed_number("-5") == -5
    assert all(typed.signed_number(text) is None for text in ODD)


def test_a_key_has_at_most_18_digits() -> None:
    assert typed.key("9" * 18) == 999_999_999_999_999_999
    assert typed.key("9" * 19) is None
    assert all(typed.key(text) is None for text in [*ODD, "-1", " 1"])


@pytest.mark.parametrize(
    "text",
    [
        *("30/11/2026", "30.11.2026", "30-11-2026", "30 11 2026", "30/11/26", "2026-11-30"),
        *("30 Nov 2026", "30 november 2026", "  30   NOV  26 "),
    ],
)
def test_a_day(text: str) -> None:
    assert typed.day(text) == date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [*ODD, "30/11", "31/11/2026", "30/13/2026", "30/11/202", "0/1/2026", "30 No 2026",
     "\uff13\uff10/11/2026", "11/30/2026", "2026-11-31", "30 Novembre 2026", "30/11/20266"],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert typed.day(text) is None


@pytest.mark.parametrize(
    ("month", "number"),
    [("Dec", 12), ("december", 12), ("12", 12), ("012", None), ("1", 1), ("0", None), ("13", None),
     ("De", None), ("Decx", None), ("\uff11\uff12", None), ("²", None), ("sept", 9)],
)  # fmt: skip
def test_a_month(month: str, number: int | None) -> None:
    assert typed.month_number(month) == number


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *((text, time(9)) for text in ("9am", "9 AM", "9.00", "09:00", "0900", "9", "9 a.m.")),
        *((text, time(1)) for text in ("1am", "1:00 a.m.", "1", "0100")),
        *((text, time(13)) for text in ("1pm", "13")),
        *((text, time(10, 30)) for text in ("10.30", "10:30am", "1030")),
        *((text, time(14, 30)) for text in ("2:30pm", "2.30 pm", "14:30")),
        *((text, time(12)) for text in ("midday", "Noon", "12pm", "12")),
        *((text, time(0)) for text in ("midnight", "12am", "0", "00:00")),
    ],
)
def test_a_time(text: str, clock: time) -> None:
    assert typed.clock(text) == clock


@pytest.mark.parametrize(
    "text",
    [
        *(*ODD, "24:00", "10:60", "13pm", "0am", "9:5", "930", "9 o'clock", "25"),
        *("\uff11\uff10:30", "10:\uff130"),
    ],
)
def test_no_time(text: str) -> None:
    assert typed.clock(text) is None
