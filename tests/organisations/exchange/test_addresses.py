"""Any line or cell is searched for people: addresses, numbers, the names beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.exchange.addresses import entries_in, is_email

MOBILE = "+447700900124"


def people(text: str) -> list[tuple[str, str]]:
    return [(one.email or ", ".join(one.mobiles), one.name) for one in entries_in(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '"Lee, Ann" <ann@x.example>; "Brown, Bob" <bob@x.example>',
            [("ann@x.example", "Lee, Ann"), ("bob@x.example", "Brown, Bob")],
        ),
        (
            "Smith, John <j@x.example>, Brown, Bob <b@x.example>",
            [("j@x.example", "Smith, John"), ("b@x.example", "Brown, Bob")],
        ),
        ("LEE, Ann (TRUST) <ann@x.example>", [("ann@x.example", "LEE, Ann (TRUST)")]),
        ("1. Ann Lee - ann@x.example", [("ann@x.example", "Ann Lee")]),
        ("2) 07700 900124 - Bob", [(MOBILE, "Bob")]),
        ("* Ann Lee [mailto:Ann@X.example?subject=Hi]", [("ann@x.example", "Ann Lee")]),
        ("Bob Jones 07700 900124", [(MOBILE, "Bob Jones")]),
        ("Mob: +44 (0)7700 900-124 Bob Jones", [(MOBILE, "Bob Jones")]),
        ("ann@x.example Ann Lee", [("ann@x.example", "Ann Lee")]),
        (
            "ann@x.example (Ann Lee), bob@x.example (Bob)",
            [("ann@x.example", "Ann Lee"), ("bob@x.example", "Bob")],
        ),
        (
            "ann@x.example Ann, bob@x.example Bob",
            [("ann@x.example", "Ann"), ("bob@x.example", "Bob")],
        ),
        ("a@x.example; Bob <b@x.example>", [("a@x.example", ""), ("b@x.example", "Bob")]),
        ("ann@x.example/bob@x.example", [("ann@x.example", ""), ("bob@x.example", "")]),
        ("sean.o’brien@x.example", [("sean.o'brien@x.example", "")]),
        ("O’Brien, Seán <sean@x.example>", [("sean@x.example", "O’Brien, Seán")]),
        ("'ann@x.example'", [("ann@x.example", "")]),
        ("ann@x.example\u200b\u202e.", [("ann@x.example", "")]),
        ("ann\uff20x.example", [("ann@x.example", "")]),
        ("Bob 07700900124, Cat 07700900125", [(MOBILE, "Bob"), ("+447700900125", "Cat")]),
        ("Ward 7 staff list", [("", "Ward 7 staff list")]),
    ],
)
def test_each_person_has_the_name_beside_the_address(
    text: str, wanted: list[tuple[str, str]]
) -> None:
    assert people(text) == wanted


def test_numbers_and_words_go_to_the_person_they_are_beside() -> None:
    ann, bob = entries_in("Ann ann@x.example 07700 900124 Bob bob@x.example 01632 960001\tWelsh")
    assert (ann.name, ann.mobiles, ann.numbers) == ("Ann", [MOBILE], [])
    assert (bob.name, bob.mobiles, bob.numbers, bob.rest) == (
        "Bob",
        [],
        ["01632 960001"],
        ["Welsh"],
    )


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("night ward@x.example", "nightward@x.example"),
        ("ann@x.exa mple", "ann@x.example"),
        ("ann @ x.example", "ann@x.example"),
        ("siân@x.example", ""),
        ("ann@@x.example", "ann@x.example"),
        ("ann@x..example", "ann@x.example"),
        ("ann@x,example", "ann@x.example"),
        ("Ann Lee, ann.@x.example", "ann@x.example"),
        ("ann at x.example", "ann@x.example"),
        ("ann [at] x.example", "ann@x.example"),
        ("ann@", ""),
        ("ann@x", ""),
    ],
)
def test_half_an_address_is_never_taken_for_one(text: str, better: str) -> None:
    (one,) = entries_in(text)
    assert (one.email, one.better) == ("", better)
    assert one.broken


@pytest.mark.parametrize(
    "text", ["07700 90012", "07700 9001245", "+353 86 123 4567", "07612 345678"]
)
def test_a_number_that_is_no_mobile_is_kept_as_it_was(text: str) -> None:
    (one,) = entries_in(text)
    assert (one.mobiles, one.numbers) == ([], [text])


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    for one in entries_in(text):
        assert not one.email or is_email(one.email)
        assert all(number.startswith("+447") for number in one.mobiles)


@pytest.mark.parametrize("text", ["a@", "7(", "x" * 9, "(", "Ann <", "44("])
def test_a_very_long_line_takes_no_longer_than_its_length(text: str) -> None:
    entries_in(text * (120_000 // len(text)) + " <@>")
