"""What people bring: JSON, spreadsheets, LimeSurvey; and what must be refused with a sentence.

Over 300 lines: each file stands beside what is read from it.
"""

import io
import json
import re
import resource
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from instruments.exchange.markup import plain
from instruments.exchange.read_file import SHIPPED_FFIT, read_content, read_path
from instruments.exchange.read_json import read_json
from instruments.exchange.write_json import as_json
from instruments.exchange.write_xlsx import as_xlsx
from instruments.rules.version_text import Found, NotCarried, VersionText

FFIT = SHIPPED_FFIT.read_bytes()
LIMESURVEY = Path(__file__).parent / "files" / "limesurvey.txt"


def taken(found: Found) -> VersionText:
    assert found.errors == ()
    assert found.version is not None
    return found.version


@pytest.fixture
def everything() -> VersionText:
    """The FFIT with an adapted edition that leaves something out, and Welsh."""
    document = json.loads(FFIT)
    document["editions"] = [
        {
            "code": "nights",
            "name": "Night edition",
            "label": "adapted wording",
            "why": "For nights.",
            "not_sure": {"label": "I can’t say", "help": "Useful too."},
            "sections": [
                {
                    "code": "LRN",
                    "stem": "At night, to what extent:",
                    "items": [
                        {"code": "LRN01", "text": "can we learn?"},
                        {"code": "LRN02", "left_out": True},
                    ],
                }
            ],
        }
    ]
    document["translations"] = [
        {
            "edition": "nights",
            "language": "cy",
            "not_sure": {"label": "Ni allaf ddweud"},
            "sections": [{"code": "LRN", "items": [{"code": "LRN01", "text": "allwn ni ddysgu?"}]}],
        }
    ]
    document["labels"] = {"cy": ["0", "1", "2", "3", "4", "5"]}
    document["reading"].pop("same_meaning")
    return taken(read_json(json.dumps(document), "ffit.json"))


class TestForms:
    def test_json_there_and_back(self, everything: VersionText) -> None:
        assert everything.editions[0].left_out == {"LRN02"}
        text = json.dumps(as_json(everything))
        assert read_json(text, "again.json").version == everything

    def test_spreadsheet_there_and_back(self, everything: VersionText) -> None:
        again = taken(read_content(as_xlsx(everything), "ffit.xlsx"))
        assert again.instrument == everything.instrument
        assert again.editions == everything.editions
        assert again.labels == everything.labels
        words = {i.code: i.text for s in again.translations[0].sections for i in s.items if i.text}
        assert words == {"LRN01": "allwn ni ddysgu?"}

    def test_a_byte_order_mark_is_accepted(self) -> None:
        assert read_content(b"\xef\xbb\xbf" + FFIT, "a").version == read_content(FFIT, "a").version
        marked = b"\xef\xbb\xbf" + LIMESURVEY.read_bytes()
        assert read_content(marked, "a.txt").errors == ()

    def test_markup_and_templates_stay_text(self) -> None:
        nasty = "<script>alert(1)</script> {{ 7*7 }} {% include 'x' %} =1+1 & ${x}"
        document = json.loads(FFIT)
        document["instrument"]["sections"][0]["items"][0]["text"] = nasty
        version = taken(read_content(json.dumps(document).encode(), "a.json"))
        assert version.instrument.sections[0].items[0].text == nasty
        again = taken(read_content(as_xlsx(version), "a.xlsx"))
        assert again.instrument.sections[0].items[0].text == nasty

    def test_a_text_that_looks_like_a_formula_is_written_as_text(self) -> None:
        document = json.loads(FFIT)
        document["instrument"]["sections"][0]["items"][0]["text"] = "=HYPERLINK(1)"
        version = taken(read_content(json.dumps(document).encode(), "a.json"))
        with zipfile.ZipFile(io.BytesIO(as_xlsx(version))) as book:
            assert not any(b"<f>" in book.read(name) for name in book.namelist())

    def test_lines_end_in_one_way_whatever_the_form(self) -> None:
        document = json.loads(FFIT)
        document["instrument"]["purpose"] = "one\r\ntwo\rthree"
        version = taken(read_json(json.dumps(document), "a.json"))
        assert version.instrument.purpose == "one\ntwo\nthree"
        typed = replace(version.instrument, purpose="one\r\ntwo\rthree")
        again = taken(read_content(as_xlsx(replace(version, instrument=typed)), "a.xlsx"))
        assert again.instrument == version.instrument

    def test_what_is_null_or_has_a_default_may_be_missing(self) -> None:
        section = {"code": "A", "stem": "To", "items": [{"code": "A1", "text": "a", "help": None}]}
        scale = {"min": 0, "max": 1, "labels": ["No", "Yes"]}
        least = {"title": "Team climate!", "scale": scale, "sections": [section]}
        version = taken(read_json(json.dumps({"instrument": least, "reading": None}), "a.json"))
        of = version.instrument
        assert (of.code, of.version, of.language) == ("Team-climate", "1", "en-GB")
        assert (of.sections[0].title, of.sections[0].items[0].help) == ("A", "")
        assert (version.not_sure_label, version.reading) == ("I can’t say", None)
        assert taken(read_json(json.dumps(least), "bare.json")) == version

    def test_every_fault_is_named_at_once_in_the_order_of_the_file(self) -> None:
        document = json.loads(FFIT)
        section = document["instrument"]["sections"][0]
        section["items"][1] |= {"code": "ENV01", "text": 3}
        section["items"][2]["help"] = "a" * 401
        document["labels"]["cy"].pop()
        document["reading"]["items"] |= {"ENV99": {}, "ENV01": {"challenges": [100]}}
        document["weights"] = 1
        found = read_json(json.dumps(document, indent=1), "a.json")
        assert [re.sub(r"line \d+", "line", error) for error in found.errors] == [
            "line, code: ENV01 is used twice.",
            "line, text: expected some text.",
            "line, help: longer than 400 characters (401).",
            "line, cy: expected 6 labels.",
            # Of each adapted edition.
            "line, items: section has no statement ENV02.",
            "line, items: section has no statement ENV02.",
            "line, items: there is no statement ENV02.",
            "line, items: there is no statement ENV99.",
            "line, challenges: expected a number from 1 to 99.",
            "line, same_meaning: there is no statement ENV02.",
        ]
        assert [one.what for one in found.not_carried] == ["weights"]

    def test_unknown_fields_are_named_not_dropped(self) -> None:
        document = json.loads(FFIT)
        document["instrument"]["weights"] = [1]
        found = read_content(json.dumps(document, indent=1).encode(), "a.json")
        assert found.errors == ()
        assert [one.what for one in found.not_carried] == ["weights"]
        assert found.not_carried[0].where.startswith("line 2,")


class TestLimeSurvey:
    def test_arrays_and_lists_on_the_common_scale_are_carried(self) -> None:
        version = taken(read_path(LIMESURVEY))
        of = version.instrument
        assert (of.title, of.minimum, of.maximum) == ("Team climate", 0, 2)
        assert of.labels == ("Not at all", "A bit", "Very much")
        assert [(s.code, s.stem, [i.code for i in s.items]) for s in of.sections] == [
            ("ENV", 'To what extent do "we":', ["ENV01", "ENV02"]),
            ("More", "Please say", ["MORE1", "MORE2"]),
        ]
        assert of.sections[0].items[1].text == "speak up {{7*7}}?"
        assert of.sections[1].items[0].help == "Some help"
        assert version.not_sure_label == "Don't know"

    def test_further_languages_become_translations(self) -> None:
        version = taken(read_path(LIMESURVEY))
        assert version.languages == ("en", "cy")
        assert version.labels["cy"] == ("Dim o gwbl", "Ychydig", "Yn fawr iawn")
        sections = version.translations[0].sections
        assert sections[0].stem == "I ba raddau yr ydym yn:"
        assert [item.text for item in sections[0].items] == ["teimlo'n ddiogel?", ""]

    @pytest.mark.parametrize(
        ("where", "what"),
        [
            ("row 17, question WHY", "Why?"),
            ("row 27, question FIVE", "Five"),
            ("row 12, subquestion ENV02", "condition age > 3"),
            ("row 10, question ENV", "mandatory"),
            ("row 10, question ENV", "random_order=1"),
            ("row 23, question MORE2", "other"),
            ("row 12, ENV02", "formatting <b>"),
            ("row 29", "158192X1X1"),
            ("survey texts (en)", "surveyls_welcometext"),
            ("survey settings", "admin"),
        ],
    )
    def test_what_cannot_be_carried_is_named(self, where: str, what: str) -> None:
        left: list[NotCarried] = list(read_path(LIMESURVEY).not_carried)
        assert (where, what) in [(one.where, one.what) for one in left]
        assert all(one.why for one in left)

    @pytest.mark.parametrize(
        ("marked", "words", "lost"),
        [
            ("<p>help&nbsp;each other &amp; rest?</p>", "help each other & rest?", ()),
            ("<p>one</p><p>two</p>", "one two", ("<p>",)),
            ("do <strong>you</strong><br />speak up?", "do you speak up?", ("<strong>", "<br>")),
            ('<span style="color:red">red?</span>', "red?", ("<span>",)),
            ("a<script>alert('x')</script>b", "ab", ("<script>",)),
            ('see <img src="x.png" alt="y"> it', "see it", ("<img>",)),
            ("fewer than <5 or a < b & c", "fewer than <5 or a < b & c", ()),
            ("the <name of ward> ward {{ 7*7 }}", "the <name of ward> ward {{ 7*7 }}", ()),
            ("&lt;b&gt;shown&lt;/b&gt;", "<b>shown</b>", ()),
            ("odd <b and <!-- gone -->on", "odd <b and on", ("<!-- -->",)),
        ],
    )
    def test_html_becomes_plain_text_and_what_is_lost_is_named(
        self, marked: str, words: str, lost: tuple[str, ...]
    ) -> None:
        rows = ["class\ttype/scale\tname\ttext", "G\t1\t<p>One</p>\t"]
        rows += ["Q\tA\tQ1\tTo what extent:", f"SQ\t0\tA1\tdo {marked}"]
        found = read_content("\n".join(rows).encode(), "a.txt")
        section = taken(found).instrument.sections[0]
        assert section.title == "One"
        assert section.items[0].text == f"do {words}".replace("\xa0", " ")
        left = [one.what for one in found.not_carried if one.where == "row 4, A1"]
        assert left == ([f"formatting {', '.join(lost)}"] if lost else [])

    @pytest.mark.parametrize("piece", ["<", "<!", "<!--", "<a ", '<b x="', "</", "<script>", "&#"])
    def test_a_megabyte_of_broken_html_is_read_at_once(self, piece: str) -> None:
        began = time.thread_time()  # its own work, whatever else the machine does
        plain(piece * (1_000_000 // len(piece)))
        assert time.thread_time() - began < 2

    def test_repeated_subquestion_codes_take_their_questions_name(self) -> None:
        rows = [
            "class\ttype/scale\tname\ttext",
            "G\t1\tOne\t",
            *("Q\tA\tQ1\tTo what extent:", "SQ\t0\tSQ001\tfirst?", "SQ\t0\tSQ002\tsecond?"),
            *("Q\tA\tQ2\tAnd:", "SQ\t0\tSQ001\tthird?"),
        ]
        version = taken(read_content("\n".join(rows).encode(), "a.txt"))
        codes = [item.code for section in version.instrument.sections for item in section.items]
        assert codes == ["Q1_SQ001", "Q1_SQ002", "Q2_SQ001"]
        assert (version.instrument.minimum, version.instrument.maximum) == (1, 5)

    def test_options_from_best_to_worst_are_put_lowest_first(self) -> None:
        rows = [
            "class\ttype/scale\tname\ttext",
            *("G\t1\tOne\t", "Q\tF\tQ1\tTo what extent:", "SQ\t0\tA1\tfirst?"),
            *("A\t0\tAO3\tMuch", "A\t0\tAO2\tSome", "A\t0\tAO1\tNone"),
        ]
        version = taken(read_content("\n".join(rows).encode(), "a.txt"))
        assert version.instrument.labels == ("None", "Some", "Much")
        assert version.instrument.minimum == 1

    def test_a_masked_formula_is_unmasked(self) -> None:
        rows = ["class\ttype/scale\tname\ttext", "G\t1\tOne\t"]
        rows += ["Q\tA\tQ1\tTo what extent:", "SQ\t0\tA1\t'=1+1 is two?"]
        version = taken(read_content("\n".join(rows).encode(), "a.txt"))
        assert version.instrument.sections[0].items[0].text == "=1+1 is two?"


def changed(**changes: Any) -> bytes:
    document = json.loads(FFIT)
    document["instrument"] |= changes
    return json.dumps(document).encode()


def beside(**parts: Any) -> bytes:
    """The FFIT with these parts beside its instrument."""
    return json.dumps(json.loads(FFIT) | parts, indent=1).encode()


def with_item(**item: Any) -> bytes:
    document = json.loads(FFIT)
    document["instrument"]["sections"][0]["items"][1] |= item
    return json.dumps(document, indent=1).encode()


def workbook(*statements: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Statements"
    for row in (("section", "stem", "code", "statement"), *statements):
        sheet.append(row)
    scale = book.create_sheet("Scale")
    for line in (("value", "label"), (0, "No"), (1, "Yes")):
        scale.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def repacked(content: bytes, name: str, text: str) -> bytes:
    """The same workbook with one of its parts replaced."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", 8) as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return kept.getvalue()


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 100_000_000)
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MANY_ROWS = f"<worksheet {NAMESPACE}><sheetData>{'<row/>' * 1_000_000}</sheetData></worksheet>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>'
    f"<worksheet {NAMESPACE}><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"
)
HEAD = b"class\ttype/scale\tname\ttext\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", b"", "empty"),
        ("a.json", FFIT.decode().encode("utf-16"), "UTF-16"),
        ("a.json", FFIT.decode().encode("utf-16-le"), "UTF-16"),
        ("a.txt", LIMESURVEY.read_text().encode("utf-16"), "UTF-16"),
        ("a.json", FFIT.replace(b"blame-free", b"caf\xe9"), "line 31: not in UTF-8"),
        ("a.json", FFIT.replace(b"blame-free", "bla\ufffdme".encode()), "another encoding"),
        ("a.json", b"[]", "expected an object"),
        ("a.json", b"null", "expected an object"),
        ("a.json", b"{", "no JSON"),
        ("a.json", b"[" * 100_000, "nested too deep"),
        ("a.json", b'{"instrument": ' + b"9" * 9999 + b"}", "too long"),
        ("a.json", b'{"edition": "Ours", "sections": []}', "no instrument in this file"),
        ("a.json", with_item(code="ENV01"), r"line \d\d, code: ENV01 is used twice"),
        ("a.json", with_item(code="env01"), "env01 is used twice"),
        ("a.json", with_item(code="secret"), "taken by the answer page"),
        ("a.json", with_item(code="a b"), "a code is letters"),
        ("a.json", with_item(text=3), "text: expected some text"),
        ("a.json", with_item(text="\ud800"), r"no text \(U\+D800\)"),
        ("a.json", with_item(text="a\x00b"), r"no text \(U\+0000\)"),
        ("a.json", with_item(text="a" * 401), "longer than 400"),
        ("a.json", with_item(text="a", help=[]), "help: expected some text"),
        ("a.json", beside(reading={"what": "a\x00b"}), r"what: holds .* no text \(U\+0000\)"),
        ("a.json", beside(reading={"items": {"ENV01": 3}}), "ENV01: expected an object in braces"),
        ("a.json", beside(editions=[3]), "editions: every entry must be an object in braces"),
        ("a.json", beside(editions=[{"code": "Verbatim", "name": "a"}]), "Verbatim is used twice"),
        ("a.json", beside(translations=[{"language": "en-GB"}]), "en-GB is the instrument's own"),
        ("a.json", beside(translations=[{"language": "pl"}] * 2), "verbatim in pl is there twice"),
        (
            "a.json",
            beside(translations=[{"edition": "nights", "language": "pl"}]),
            "there is no edition nights",
        ),
        ("a.json", beside(labels={"x": ["a"] * 6}), "x: 'x' is no language code"),
        ("a.json", beside(**{"instrument": 3}), "instrument: expected an object in braces"),
        ("a.json", changed(sections=[{}] * 61), "more than 60 sections"),
        ("a.json", changed(sections=[{}] * 200_000), "more than 60 sections"),
        ("a.json", changed(scale={"min": 0, "max": 5, "labels": ["a"]}), "expected 6 labels"),
        ("a.json", changed(scale={"min": 0, "max": 50, "labels": []}), "2 to 11 points"),
        ("a.json", changed(sections=[]), "no statement"),
        ("a.json", changed(language="english, please"), "no language code|longer"),
        ("a.json", b'{"a":"' + b"x" * 1_100_000 + b'"}', "larger than 1 MB"),
        ("a.txt", b"x" * 4_100_000, "larger than 4MB"),
        ("a.txt", HEAD + b"A\t0\t1\tx\n" * 21_000, "before any question|more than"),
        ("a.txt", HEAD + b"G\t1\tG\t\n" + b"X\t\t\t\n" * 300_000, "more than 20000 rows"),
        ("a.txt", b"class\tname\nQ\tx\n", "column text is missing"),
        ("a.txt", HEAD + b'G\t1\tG\t"open\n', "cannot be read as a table"),
        ("a.txt", LIMESURVEY.read_bytes().replace(b"ENV02", b"ENV01"), "ENV01 is used twice"),
        ("a.txt", b"how are you", "neither JSON, nor"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "old Excel"),
        ("a.xlsx", b"PK\x03\x04rest", "damaged"),
        ("a.xlsx", bomb(), "unpacks to far more"),
        ("a.xlsx", repacked(workbook(), SHEET, MANY_ROWS), "more than 5000 rows"),
        ("a.xlsx", repacked(workbook(), SHEET, LAUGHS), "damaged"),
        ("a.xlsx", workbook(("A", "To", "A1", "=1+1")), "D2: contains a formula"),
        ("a.xlsx", workbook(("A", "To", "A1", "a"), ("", "", "A1", "b")), "row 3, code: A1 is"),
        ("a.xlsx", workbook(("A", "", "A1", "a")), "row 2, stem: expected some text"),
        ("a.xlsx", workbook(), "no statement"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(name: str, content: bytes, says: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read_content(content, name)
    assert found.errors
    assert re.search(says, " ".join(found.errors)), found.errors
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_file_that_is_not_there_is_refused() -> None:
    assert "cannot be read" in read_path(Path("/nowhere/a.json")).errors[0]
