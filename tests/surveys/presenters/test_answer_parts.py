"""The pure parts behind the answer page: pieces, words, calendar file."""

import gzip
from datetime import UTC, date, datetime

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from surveys.presenters.answer_pieces import Pieces, gap
from surveys.presenters.answer_words import DEFAULT_LANGUAGE, LANGUAGES, language_of
from surveys.presenters.calendar_file import Event, calendar_file

TEXTS = st.text(st.characters(exclude_characters="\x02\x03", exclude_categories=["Cs"]))


class TestPieces:
    @given(texts=st.lists(TEXTS | TEXTS.map(lambda text: text * 400), min_size=1), value=TEXTS)
    def test_compressed_and_plain_agree(self, texts: list[str], value: str) -> None:
        pieces = Pieces.cut(gap("one").join(texts))
        plain = pieces.fill({"one": value})
        assert gzip.decompress(pieces.fill_compressed({"one": value})) == plain

    def test_values_are_escaped_and_texts_are_not(self) -> None:
        pieces = Pieces.cut(f'<a title="{gap("one")}">')
        assert pieces.fill({"one": '"><script>'}) == b'<a title="&quot;&gt;&lt;script&gt;">'

    def test_a_value_cannot_open_another_gap(self) -> None:
        pieces = Pieces.cut(f"{gap('one')} {gap('two')}")
        assert pieces.fill({"one": gap("two"), "two": "secret"}).count(b"secret") == 1

    def test_a_missing_value_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Pieces.cut(gap("one")).fill({})

    def test_gaps_survive_a_template(self) -> None:
        template = engines["jinja2"].from_string("<p title='{{ a }}'>{{ b.format(k=a) }}</p>")
        rendered = template.render({"a": gap("one"), "b": "at least {k} & more"})
        filled = Pieces.cut(rendered).fill({"one": "7"})
        assert filled == b"<p title='7'>at least 7 &amp; more</p>"


class TestWords:
    def test_every_language_has_the_same_words_with_the_same_gaps(self) -> None:
        model = LANGUAGES[DEFAULT_LANGUAGE]
        for language in LANGUAGES.values():
            assert language.page.keys() == model.page.keys()
            assert language.script.keys() == model.script.keys()
            assert language.refusals.keys() == model.refusals.keys()
            assert (len(language.months), len(language.weekdays)) == (12, 7)

    def test_unknown_language_is_english(self) -> None:
        assert language_of("tlh").tag == DEFAULT_LANGUAGE

    @pytest.mark.parametrize(
        ("hour", "minute", "words"),
        [(0, 0, "12am"), (9, 5, "9:05am"), (12, 0, "noon"), (12, 30, "12:30pm"), (14, 0, "2pm")],
    )
    def test_clock(self, hour: int, minute: int, words: str) -> None:
        moment = datetime(2026, 12, 3, hour, minute, tzinfo=UTC)
        assert LANGUAGES[DEFAULT_LANGUAGE].clock(moment) == words

    def test_what_the_script_asks_for_is_there(self) -> None:
        for key in ("kept", "on_page", "last_try", "not_sent", "not_sure"):
            assert f"{key}_many" in LANGUAGES[DEFAULT_LANGUAGE].script
            assert f"{key}_one" in LANGUAGES[DEFAULT_LANGUAGE].script


class TestCalendarFile:
    EVENT = Event(
        uid="code@ffit",
        start=datetime(2026, 12, 8, 14, tzinfo=UTC),
        minutes=45,
        summary="Team talk: Falls, slips; trips\nat night " + "ä" * 60,
        place="Ward 7",
        description="The result",
        address="https://example.org/w/code",
    )

    def test_lines_are_folded_and_escaped(self) -> None:
        text = calendar_file(self.EVENT, made_at=datetime(2026, 12, 1, tzinfo=UTC))
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        unfolded = text.replace("\r\n ", "")
        assert "SUMMARY:Team talk: Falls\\, slips\\; trips\\nat night " + "ä" * 60 in unfolded
        assert "DTSTART:20261208T140000Z\r\nDTEND:20261208T144500Z" in text
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")

    def test_a_whole_day(self) -> None:
        event = Event(**{**vars(self.EVENT), "start": date(2026, 12, 8)})
        text = calendar_file(event, made_at=datetime(2026, 12, 1, tzinfo=UTC))
        assert "DTSTART;VALUE=DATE:20261208\r\n" in text
        assert "DTEND" not in text
