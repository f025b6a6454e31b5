"""The pure parts behind the answer page: joined streams, words, languages, calendar file."""

import gzip
import html
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import brotli
import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from responses.exchange.calendar_file import Event, calendar_file
from responses.presenters.inlined import on_one_line, tight
from responses.presenters.joined import Beginning, begin, best_encoding, join
from responses.presenters.spoken import spoken_language
from responses.words.answer_page import DEFAULT_LANGUAGE, LANGUAGES, language_of

ROOT = Path(__file__).parents[3]
ASSETS, TEMPLATES = ROOT / "assets/responses", ROOT / "templates/responses/answer"
PYTHON = ROOT / "responses"
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


class TestJoined:
    @pytest.mark.parametrize("encoding", ["br", "gzip", ""])
    @given(text=st.binary(), end=st.binary(min_size=1, max_size=300))
    def test_decodes_to_the_whole_document(self, encoding: str, text: bytes, end: bytes) -> None:
        beginning = begin(text, encoding=encoding, quality=5)
        assert DECODE[encoding](join(beginning, end)) == text + end

    @pytest.mark.parametrize("encoding", ["br", "gzip", ""])
    @pytest.mark.parametrize("length", [1, 31, 32, 33, 8192, 8193, 65_534, 65_535])
    def test_an_end_of_any_length(self, encoding: str, length: int) -> None:
        beginning = begin(b"<p>" * 5000, encoding=encoding, quality=11)
        end = os.urandom(length)
        assert DECODE[encoding](join(beginning, end)) == b"<p>" * 5000 + end

    @pytest.mark.parametrize("length", [0, 65_536])
    def test_an_end_that_does_not_fit_is_refused(self, length: int) -> None:
        with pytest.raises(ValueError, match="65,535"):
            join(Beginning("br", b"", 0, 0), b"x" * length)

    @pytest.mark.parametrize(
        ("accepted", "encoding"),
        [
            ("gzip, deflate, br", "br"),
            ("gzip", "gzip"),
            ("br;q=0, gzip;q=0.5", "gzip"),
            ("br; q=0.000", ""),
            ("BR", "br"),
            ("identity", ""),
            ("", ""),
        ],
    )
    def test_encoding(self, accepted: str, encoding: str) -> None:
        assert best_encoding(accepted) == encoding


class TestTight:
    def test_lines_are_joined_without_their_indentation(self) -> None:
        assert tight("<p>\n  a b\n\t</p>\n") == "<p>a b</p>"

    def test_a_persons_own_lines_stay(self) -> None:
        own = str(on_one_line(" two\r\n  lines & <more>"))
        assert tight(own).count("&#10;") == 1
        assert html.unescape(own) == " two\n  lines & <more>"

    def test_nothing_is_nothing(self) -> None:
        assert on_one_line(None) == ""


class TestSpoken:
    BOTH = ("en-GB", "cy")

    @pytest.mark.parametrize(
        ("asked", "liked", "language"),
        [
            ("", "", "en-GB"),
            ("", "cy", "cy"),
            ("", "cy-GB,cy;q=0.9,en;q=0.8", "cy"),
            ("", "fr, en-US;q=0.8, cy;q=0.7", "en-GB"),
            ("", "fr", "en-GB"),
            ("", "*", "en-GB"),
            ("cy", "en", "cy"),
            ("en-GB", "cy", "en-GB"),
            ("xx", "cy", "cy"),
            ("", "c" * 5000, "en-GB"),
            ("", ";q=x,,", "en-GB"),
        ],
    )
    def test_asked_then_liked_then_first(
        self, rf: RequestFactory, asked: str, liked: str, language: str
    ) -> None:
        request = rf.get("/q/x", {"lang": asked}, headers={"accept-language": liked})
        assert spoken_language(request, self.BOTH) == language

    def test_only_what_the_edition_has(self, rf: RequestFactory) -> None:
        request = rf.get("/q/x?lang=cy", headers={"accept-language": "cy"})
        assert spoken_language(request, ("en-GB",)) == "en-GB"


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
        [
            (0, 0, "midnight"),
            (0, 30, "12:30am"),
            (9, 5, "9:05am"),
            (12, 0, "midday"),
            (12, 30, "12:30pm"),
            (14, 0, "2pm"),
        ],
    )
    def test_clock(self, hour: int, minute: int, words: str) -> None:
        moment = datetime(2026, 12, 3, hour, minute, tzinfo=UTC)
        assert LANGUAGES[DEFAULT_LANGUAGE].clock(moment) == words

    def test_what_the_script_asks_for_is_there_and_nothing_else(self) -> None:
        sources = "".join(path.read_text() for path in (ASSETS / "answer").glob("*.js"))
        for key in LANGUAGES[DEFAULT_LANGUAGE].script:
            assert re.search(rf'"{key}"', sources), f"{key} is said by no script"

    def test_what_the_templates_ask_for_is_there_and_nothing_else(self) -> None:
        sources = "".join(path.read_text() for path in TEMPLATES.glob("*.html"))
        python = "".join(path.read_text() for path in PYTHON.glob("*/*.py"))
        built = {"caption_leaders", "caption_joint", "preview", "test", "preview_sent", "test_sent"}
        for key in LANGUAGES[DEFAULT_LANGUAGE].page:
            asked = re.search(rf'["\']{key}["\']|page\.{key}\b', sources + python)
            assert asked or key in built, f"{key} is printed nowhere"

    def test_every_text_has_the_same_gaps_in_every_language(self) -> None:
        model = LANGUAGES[DEFAULT_LANGUAGE]
        for language in LANGUAGES.values():
            for part in ("page", "script", "refusals"):
                for key, text in getattr(model, part).items():
                    gaps = [
                        set(re.findall(r"{(\w+)}", str(one)))
                        for one in (text, getattr(language, part)[key])
                    ]
                    assert gaps[0] == gaps[1], (language.tag, key)


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
        text = calendar_file(self.EVENT, made_at=datetime(2026, 12, 1, tzinfo=UTC)).decode()
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        unfolded = text.replace("\r\n ", "")
        assert "SUMMARY:Team talk: Falls\\, slips\\; trips\\nat night " + "ä" * 60 in unfolded
        assert "DTSTART:20261208T140000Z\r\nDTEND:20261208T144500Z" in text
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")

    def test_a_whole_day(self) -> None:
        event = Event(**{**vars(self.EVENT), "start": date(2026, 12, 8)})
        text = calendar_file(event, made_at=datetime(2026, 12, 1, tzinfo=UTC)).decode()
        assert "DTSTART;VALUE=DATE:20261208\r\n" in text
        assert "DTEND" not in text
