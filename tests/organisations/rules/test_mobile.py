"""Mobile numbers as people type them; each limit at, below and above."""

import pytest

from organisations.rules.mobile import national, uk_mobile


@pytest.mark.parametrize(
    "typed",
    ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "7700900123", "tel:+447700900123"],
)
def test_one_number_however_it_is_typed(typed: str) -> None:
    assert uk_mobile(typed) == "+447700900123"
    assert national(uk_mobile(typed)) == "07700 900123"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("+33 6 12 34 56 78", "not a UK number"),
        ("07700 90012x", "digits only"),
        ("07700 90012²", "digits only"),
        ("0770090012", "11 digits; this has 10"),
        ("077009001234", "11 digits; this has 12"),
        ("02079460000", "071 to 079"),
        ("07012345678", "071 to 079"),
        ("07612345678", "pager"),
    ],
)
def test_what_is_no_mobile_number_is_refused_with_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        uk_mobile(typed)


def test_the_isle_of_man_is_no_pager() -> None:
    assert uk_mobile("07624 123456") == "+447624123456"
