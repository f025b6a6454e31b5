"""A sheet's body is read as the standard library reads it, and what is damaged is refused."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.forms.answer_form import read_form
from responses.rules.answer_string import SKIPPED, BadAnswers
from surveys.rules import comments

SECRET = "s" * 43
CODES = ["ENV01", "ENV02", "ENV03"]
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=40)


def read(body: str) -> tuple[str, tuple[str, ...]]:
    field = "comment"
    sent = read_form(body.encode(), codes=CODES, options=6, ask=comments.WHOLE, fields=(field,))
    return sent.answers, sent.written


@given(WRITTEN, st.lists(st.sampled_from(["", "0", "5", "?"]), min_size=3, max_size=3).filter(any))
def test_what_is_sent_is_read(text: str, chosen: list[str]) -> None:
    fields = {"secret": SECRET, **dict(zip(CODES, chosen, strict=True)), "comment": text}
    body = urlencode(fields)
    known = dict(parse_qsl(body, strict_parsing=True, keep_blank_values=True))
    answers, (written,) = read(body)
    assert written == comments.checked(known["comment"], comments.WHOLE)
    assert answers == "".join(known[code] or SKIPPED for code in CODES)


@pytest.mark.parametrize("part", ["ENV01", "", "ENV01=%ff", "ENV01=é", "&"])
def test_a_damaged_body_is_to_be_sent_again(part: str) -> None:
    with pytest.raises(BadAnswers, match="Something went wrong while sending"):
        read(f"secret={SECRET}&{part}")


@pytest.mark.parametrize("part", ["ENV01=1&ENV01=2", "ENV01=1&ENV%301=1", "ENV04=1", "ENV01=6"])
def test_what_is_of_another_survey_does_not_match(part: str) -> None:
    with pytest.raises(BadAnswers, match="do not match this survey"):
        read(f"secret={SECRET}&{part}")


@pytest.mark.parametrize("length", [0, 21, 22, 43, 44])
def test_a_secret_is_as_long_as_the_page_or_its_script_make_it(length: int) -> None:
    def sent() -> str:
        return read(f"secret={'s' * length}&ENV01=1")[0]

    if 22 <= length <= 43:
        assert sent() == f"1{SKIPPED * 2}"
    else:
        with pytest.raises(BadAnswers, match="did not load fully"):
            sent()


def test_a_space_may_be_sent_as_a_plus() -> None:
    assert read(f"secret={SECRET}&ENV01=1&comment=a+b%2Bc")[1] == ("a b+c",)
