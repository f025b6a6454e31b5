"""Text messages keep to letters that every telephone has, and to 160 of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import gsm7


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Ward 7 – care of older people’s “falls”…", 'Ward 7 - care of older people\'s "falls"...'),
        ("tŷ, gwên, ŵyn, siân", "ty, gwen, wyn, sian"),
        ("café £5 é à ü ñ", "café £5 é à ü ñ"),
        ("yes ✔ 病", "yes ? ?"),
        ("two\nlines  and\ttabs", "two lines and tabs"),
    ],
)
def test_each_letter_becomes_one_that_every_telephone_has(text: str, sent: str) -> None:
    assert gsm7.plain(text) == sent


def test_what_would_be_lost_is_named() -> None:
    assert gsm7.strange("fine – really? ŷ ✔✔病") == "✔病"


def test_what_parts_words_is_not_lost() -> None:
    assert gsm7.strange("two\nlines\tand a\u2003wide space") == ""


def test_a_few_signs_count_twice() -> None:
    assert gsm7.length("abc") == 3
    assert gsm7.length("[€]") == 6
    assert gsm7.length("€" * 80) == gsm7.MOST


@given(st.text(max_size=200))
def test_whatever_is_written_comes_out_sendable(text: str) -> None:
    sent = gsm7.plain(text)
    assert gsm7.plain(sent) == " ".join(sent.split())
    assert "\n" not in sent
