"""Nothing hidden is left in a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.rules.plain_text import as_sentence, link_in, one_line, without_turns, word_set


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  Ward\t7\r\n", "Ward 7"),
        ("Ward\u202e 7\u202c", "Ward 7"),
        ("\u2067Ward\u2069 7\u200f", "Ward 7"),
        ("Wa\u00adrd\u200b 7\ufeff", "Ward 7"),
        ("Ward\u00a07\u3000B", "Ward 7 B"),
        ("\u3164\u2800\u115f", ""),
        ("Wa\x00rd\x7f7", "Wa rd 7"),
        ("7\ufe00\ufe0f", "7"),
        ("7\U000e0100\U000e01ef", "7"),
        ("7\ufdff\ufe10", "7\ufdff\ufe10"),
        ("7\ue000\ud800\u0378", "7"),
        ("Siân O’Brien – Ward 7", "Siân O’Brien – Ward 7"),
    ],
)
def test_a_name_is_what_one_sees(text: str, wanted: str) -> None:
    assert one_line(text) == wanted


@given(st.text())
def test_it_is_settled_after_once(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


def test_several_lines_and_joined_letters_stay() -> None:
    assert (
        without_turns("a\u202eb\n\u0645\u06cc\u200c\u062e\u0648")
        == "ab\n\u0645\u06cc\u200c\u062e\u0648"
    )


def test_words_are_looked_up_each_by_itself() -> None:
    assert word_set(" bank  agency\nbank ") == {"bank", "agency"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One trolley", "One trolley."),
        ("One trolley.", "One trolley."),
        ("When?", "When?"),
        ("Now!", "Now!"),
        ("They said: “Not now.”", "They said: “Not now.”"),
        ("The “bay”", "The “bay”."),
    ],
)
def test_what_is_said_behind_a_text_begins_anew(text: str, wanted: str) -> None:
    assert as_sentence(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "http://example.org",
        "HTTPS://example.org",
        "sign in at ftp://files",
        "mailto:ann",
        "see WWW.example.org",
        "Sign in at estates-login.com to see it",
        "short.ly",
        "trust.nhs.uk",
        "go to example.shop/pay",
        "ht\u200btps\u200b:/\u200b/example.org",
        "evil\u00ad.com",
    ],
)
def test_a_link_is_seen_however_it_is_hidden(text: str) -> None:
    assert link_in(text)


def test_the_word_that_reads_as_a_link_is_named() -> None:
    assert link_in("Sign in at estates-login.com to see it") == "estates-login.com"
    assert link_in("Nights\nfirst, rota.Day/night") == "rota.Day/night"


@pytest.mark.parametrize(
    "text",
    [
        "One trolley with brakes. Ours serves 28 beds.",
        "Day/night: 2.5 of 7.5, e.g. 3/4 a.m./p.m.",
        "Done.Next",
        "Ask sister@ward.example.com",
        "Comfort.",
        "Info: network.",
        "",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert not link_in(text)
