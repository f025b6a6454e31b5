"""The rules of comments: their fields, their length, what is kept of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responses.rules import ballot_box
from surveys.rules import comments

ONE_EACH = st.text(max_size=comments.LONGEST[comments.PARTS])


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        ("none", ()),
        ("survey", ("_comment",)),
        ("section", ("_comment_ENV", "_comment_RES")),
    ],
)
def test_fields_by_what_a_survey_asks(ask: str, names: tuple[str, ...]) -> None:
    assert comments.field_names(ask, ["ENV", "RES"]) == names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Two  words\r\nand a line ", "Two words and a line"),
        ("a\x00b\x1ec", "a b c"),
        ("\u202eturned\u202c \u2067round\u2069", "turned round"),
        ("\u202aembedded \u2066apart", "embedded apart"),
        ("\u2029a\u2028b", "a b"),
        ("Nyrsys 💚 مرحبا", "Nyrsys 💚 مرحبا"),
        ("<b>{{ x }}</b>", "<b>{{ x }}</b>"),
        (" \n\t ", ""),
    ],
)
def test_a_comment_is_one_clean_line(typed: str, kept: str) -> None:
    assert comments.checked(typed, "survey") == kept


def test_a_comment_has_a_longest_length() -> None:
    assert comments.checked("x" * 500, "survey") == "x" * 500
    with pytest.raises(comments.TooLong, match="500 characters or fewer"):
        comments.checked("x" * 501, "survey")
    with pytest.raises(comments.TooLong, match="240 characters or fewer"):
        comments.checked("x" * 241, "section")


@given(st.lists(ONE_EACH, min_size=1, max_size=7))
def test_what_goes_into_an_envelope_comes_out(texts: list[str]) -> None:
    written = tuple(comments.checked(text, "section") for text in texts)
    assert comments.parted(comments.content("0-?", written)) == ("0-?", written)


def test_every_envelope_of_a_survey_is_one_size() -> None:
    key = ballot_box.public_key_of(ballot_box.new_private_key())

    def size(texts: list[str], room: int) -> int:
        sheet = comments.content("3" * 45, texts)
        return len(ballot_box.seal(public_key=key, answers=sheet, room=room))

    for ask, fields in (("survey", 1), ("section", 7), ("section", 60)):
        room = comments.room(ask, statements=45, fields=fields)
        longest = "💚" * comments.LONGEST[ask]
        sizes = {
            size(texts, room)
            for texts in ([""] * fields, ["é"] + [""] * (fields - 1), [longest] * fields)
        }
        assert len(sizes) == 1, ask


@pytest.mark.parametrize(("ask", "fields"), [("survey", 1), ("section", 1), ("section", 7)])
def test_the_room_is_that_of_the_fullest_sheet(ask: str, fields: int) -> None:
    fullest = comments.content("3" * 45, ["💚" * comments.LONGEST[ask]] * fields)
    assert comments.room(ask, statements=45, fields=fields) == len(fullest.encode())


def test_without_comments_the_room_is_that_of_the_answers() -> None:
    assert comments.room("none", statements=45, fields=7) == 45


@pytest.mark.parametrize(
    ("respondents", "written", "kept"),
    [
        (10, [1] * 5, {1}),
        (9, [1] * 9, set()),
        (10, [1] * 4, set()),
        (22, [1] * 5 + [2] * 4, {1}),
        (22, [None] * 22, {None}),
    ],
)
def test_ten_answers_and_five_comments_of_one_kind(
    respondents: int, written: list[int | None], kept: set[int | None]
) -> None:
    assert comments.enough(written, respondents=respondents) == kept
